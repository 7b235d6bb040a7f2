//! A client that no file of the repository holds: the build script makes it.

/// A client of the garden.
pub mod garden {
    include!(concat!(env!("OUT_DIR"), "/garden.rs"));
}

/// A client that has scalars of every kind.
pub mod scalars {
    include!(concat!(env!("OUT_DIR"), "/scalars.rs"));
}
