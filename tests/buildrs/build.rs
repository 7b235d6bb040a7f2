//! Makes the client of `openapi/garden.yaml`, as the README shows it, and one with checked types.

fn main() -> Result<(), specwright::Failure> {
    specwright::Builder::new("openapi/garden.yaml").strict(true).generate()?;
    specwright::Builder::new("openapi/scalars.yaml").checked(true).strict(true).generate()
}
