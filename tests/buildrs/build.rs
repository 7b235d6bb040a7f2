//! Makes the client of `openapi/garden.yaml`, as the README shows it.

fn main() -> Result<(), specwright::Failure> {
    specwright::Builder::new("openapi/garden.yaml").strict(true).generate()
}
