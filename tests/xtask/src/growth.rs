//! How the cost of a run grows with the document.
//!
//! Documents of a folder are joined into one, and joined again with other names, up to a size that
//! no document in the wild has. The processor time of the generator on each is fitted to a power of
//! its size: an exponent of one is a cost that grows as the document does. What the documents cost as they
//! are is fitted too, and memory is set beside that of a program which does nothing but read.

mod copies;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::measure;

/// After how many seconds a run is ended.
const SECONDS: u64 = 600;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder; every JSON file in it that is OpenAPI 3 is a document.
    folder: PathBuf,
    /// The generator to measure.
    #[arg(long, value_name = "FILE")]
    binary: PathBuf,
    /// A program that only reads a document, for its memory: `target/release/examples/floor`.
    #[arg(long, value_name = "FILE")]
    floor: Option<PathBuf>,
    /// Only documents whose name contains this; may be repeated.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// The size of the largest document, in MB.
    #[arg(long, value_name = "MB", default_value_t = 20)]
    up_to: usize,
    /// How often each is run; the fastest counts.
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// The exponent that is still allowed.
    #[arg(long, value_name = "EXPONENT", default_value_t = 1.1)]
    limit: f64,
}

/// What one document took.
#[derive(Clone, Copy)]
struct Point {
    /// Its size in MB.
    size: f64,
    /// Seconds of processors.
    cpu: f64,
}

/// Measures each document and what is joined of it; whether all grow as slowly as they should.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let documents = documents(arguments)?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut all_well = true;
    let mut alone = Vec::new();
    println!("{:40} {:>8} {:>8} {:>8} {:>8}", "document", "MB", "CPU s", "MB RAM", "to read");
    for (name, document) in &documents {
        let mut points = Vec::new();
        let mut number = 1;
        loop {
            let text = copies::joined(document, number).to_string();
            if points.len() > 1 && text.len() > arguments.up_to << 20 {
                break;
            }
            points.push(measured(arguments, folder.path(), &format!("{name} x{number}"), &text)?);
            number *= 2;
        }
        let exponent = exponent(&points);
        all_well &= exponent <= arguments.limit;
        println!("{name:40} exponent {exponent:.2}");
        alone.extend(points.first());
    }
    if alone.len() > 2 {
        println!("{:40} exponent {:.2}", "all of them, as they are", exponent(&alone));
    }
    Ok(all_well)
}

fn documents(arguments: &Arguments) -> Result<Vec<(String, Value)>, String> {
    let entries = std::fs::read_dir(&arguments.folder)
        .map_err(|error| format!("{}: {error}", arguments.folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !arguments.only.is_empty() && !arguments.only.iter().any(|part| name.contains(part)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let Ok(document) = serde_json::from_str::<Value>(&text) else { continue };
        if document.get("openapi").and_then(Value::as_str).is_some_and(|v| v.starts_with("3.")) {
            documents.push((name, document));
        }
    }
    if documents.is_empty() { Err("no document is chosen".to_owned()) } else { Ok(documents) }
}

/// The size of a document, and the processor time that its client takes.
fn measured(arguments: &Arguments, folder: &Path, name: &str, text: &str) -> Result<Point, String> {
    let spec = folder.join("api.json");
    std::fs::write(&spec, text).map_err(|error| error.to_string())?;
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let mut least = f64::INFINITY;
    let mut megabytes = 0;
    for _ in 0..arguments.runs.max(1) {
        let out = folder.join("out");
        if out.exists() {
            std::fs::remove_dir_all(&out).map_err(|error| error.to_string())?;
        }
        let flags = ["generate", "--crate-name", "growth", "--max-file-mib", "64", "--spec"];
        let mut flags: Vec<String> = flags.map(str::to_owned).to_vec();
        flags.extend([path(&spec), "--out".to_owned(), path(&out)]);
        let taken = succeeded(name, &arguments.binary, &flags)?;
        least = least.min(taken.cpu);
        megabytes = taken.megabytes;
    }
    let floor = arguments.floor.as_deref();
    let floor = floor.map(|floor| succeeded(name, floor, &[path(&spec)])).transpose()?;
    let floor = floor.map_or_else(|| "–".to_owned(), |taken| taken.megabytes.to_string());
    let size = text.len() as f64 / f64::from(1 << 20);
    println!("{name:40} {size:8.2} {least:8.2} {megabytes:8} {floor:>8}");
    Ok(Point { size, cpu: least })
}

/// What a program took, if it did what it is there for.
fn succeeded(name: &str, program: &Path, flags: &[String]) -> Result<measure::Taken, String> {
    let (_, said, taken) = measure::measured(program, flags, SECONDS)?;
    if taken.status == Some(0) {
        Ok(taken)
    } else {
        Err(format!("{name}: {} fails: {said}", program.display()))
    }
}

/// The slope of the line through the logarithms, by least squares.
fn exponent(points: &[Point]) -> f64 {
    let logs: Vec<(f64, f64)> =
        points.iter().map(|point| (point.size.ln(), point.cpu.ln())).collect();
    let number = logs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / number;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let both: f64 = logs.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let own: f64 = logs.iter().map(|point| (point.0 - x).powi(2)).sum();
    both / own
}

#[cfg(test)]
mod tests {
    use super::{Point, exponent};

    #[test]
    fn a_power_is_found_again() {
        let squares = [1.0, 2.0, 4.0, 8.0].map(|size| Point { size, cpu: 3.0 * size * size });
        assert!((exponent(&squares) - 2.0).abs() < 1e-9);
        let lines = [1.0, 2.0, 4.0].map(|size| Point { size, cpu: 5.0 * size });
        assert!((exponent(&lines) - 1.0).abs() < 1e-9);
    }
}
