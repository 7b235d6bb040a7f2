//! Makes the client of `openapi/garden.yaml`, as `codegen/docs/inside-your-crate.md` shows it, with a type of
//! this crate's own, and one with checked types.

fn main() -> Result<(), specwright::Failure> {
    specwright::Builder::new("openapi/garden.yaml")
        .schema_type("/components/schemas/Plant/properties/heightCm", "crate::Millimetres")
        .strict(true)
        .generate()?;
    specwright::Builder::new("openapi/scalars.yaml").checked(true).strict(true).generate()
}
