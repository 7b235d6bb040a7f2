//! What is measured, in which order.

use std::path::Path;

use super::Plan;
use super::generator::{Generator, Kind};
use super::output::{Build, Output, PATIENCE};
use super::sample::Sample;
use crate::measure::{self, Taken};

/// One line of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) what: &'static str,
    pub(super) unit: Unit,
    /// A cell for each generator, in their order.
    pub(super) cells: Vec<Cell>,
}

/// How values of a row are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Mebibytes,
    Number,
}

/// What came of one generator in one row.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Measured(Sample),
    /// It went wrong, and how.
    Failed(String),
    /// Not known of this generator, or told in a row above.
    Nothing,
}

impl Cell {
    pub(super) fn is_sound(&self) -> bool {
        !matches!(self, Self::Failed(_))
    }

    fn add(&mut self, value: Result<f64, String>) {
        match (value, &mut *self) {
            (Ok(value), Self::Measured(sample)) => sample.push(value),
            (Ok(value), Self::Nothing) => {
                let mut sample = Sample::default();
                sample.push(value);
                *self = Self::Measured(sample);
            }
            (Ok(_), Self::Failed(_)) => {}
            (Err(why), _) => *self = Self::Failed(why),
        }
    }
}

/// The rows of one document while they grow.
struct Measurement<'g> {
    generators: &'g [Generator],
    outputs: Vec<Output>,
    rows: Vec<Row>,
    document: &'g Path,
    plan: Plan,
}

/// Runs everything on one document.
pub(super) fn measure(
    generators: &[Generator],
    document: &Path,
    plan: Plan,
) -> Result<Vec<Row>, String> {
    let name = super::name(document);
    let outputs = generators.iter().map(|generator| Output::new(generator.kind, &name)).collect();
    let mut all = Measurement { generators, outputs, rows: Vec::new(), document, plan };
    all.generate()?;
    all.generate_one(&name)?;
    all.lines();
    if plan.builds == 0 {
        return Ok(all.rows);
    }
    let compiles = all.prepare();
    all.check(&compiles);
    if plan.releases {
        all.release(&compiles);
        all.program(&compiles);
    }
    if plan.cold > 0 {
        all.empty(&compiles);
        all.cold(&compiles);
    }
    Ok(all.rows)
}

impl Measurement<'_> {
    fn row(&mut self, what: &'static str, unit: Unit) -> Row {
        eprintln!("measuring: {} of {}", what, super::name(self.document));
        Row { what, unit, cells: vec![Cell::Nothing; self.generators.len()] }
    }

    fn generate(&mut self) -> Result<(), String> {
        let mut cpu = self.row("generate: CPU", Unit::Seconds);
        let mut wall = self.row("generate: wall", Unit::Seconds);
        let mut peak = self.row("generate: peak memory", Unit::Mebibytes);
        let mut again = self.row("generate once more: CPU", Unit::Seconds);
        for _ in 0..self.plan.runs {
            for (index, (generator, output)) in
                self.generators.iter().zip(&self.outputs).enumerate()
            {
                output.clear()?;
                let (program, words) = generator.call(self.document, &output.written);
                let taken = run(program, &words);
                cpu.cells[index].add(taken.clone().map(|taken| taken.cpu));
                if let Ok(taken) = taken {
                    wall.cells[index].add(Ok(taken.seconds));
                    peak.cells[index].add(Ok(mebibytes(&taken)));
                    if generator.kind != Kind::Floor {
                        again.cells[index].add(run(program, &words).map(|taken| taken.cpu));
                    }
                }
            }
        }
        self.rows.extend([cpu, wall, peak, again]);
        Ok(())
    }

    /// The first operation of the document, by those that can choose one.
    fn generate_one(&mut self, name: &str) -> Result<(), String> {
        let mut cpu = self.row("generate one operation: CPU", Unit::Seconds);
        let first = self.generators.first().and_then(|ours| ours.first_operation(self.document));
        let Some(operation) = first else { return Ok(()) };
        for _ in 0..self.plan.runs {
            for (index, generator) in self.generators.iter().enumerate() {
                let Some(more) = generator.one(&operation) else { continue };
                let output = Output::new(generator.kind, &format!("{name}.one"));
                output.clear()?;
                let (program, mut words) = generator.call(self.document, &output.written);
                words.extend(more);
                cpu.cells[index].add(run(program, &words).map(|taken| taken.cpu));
            }
        }
        self.rows.push(cpu);
        Ok(())
    }

    fn lines(&mut self) {
        let mut row = self.row("lines written", Unit::Number);
        for (cell, output) in row.cells.iter_mut().zip(&self.outputs) {
            let lines = output.lines();
            if lines > 0 {
                cell.add(Ok(lines as f64));
            }
        }
        self.rows.push(row);
    }

    /// Which outputs the compiler accepts, and what it says of the others; nothing of those that
    /// have written nothing.
    fn prepare(&mut self) -> Vec<Option<Result<(), String>>> {
        let written = self.rows.first().map(|row| &row.cells);
        let is_written = |index: usize| {
            written.is_some_and(|cells| matches!(cells.get(index), Some(Cell::Measured(_))))
        };
        let outputs = self.generators.iter().zip(&self.outputs).enumerate();
        outputs
            .map(|(index, (generator, output))| {
                let is_crate = generator.kind != Kind::Floor && is_written(index);
                is_crate.then(|| output.complete().and_then(|()| output.prepare(Build::Check)))
            })
            .collect()
    }

    fn check(&mut self, compiles: &[Option<Result<(), String>>]) {
        let mut cpu = self.row("`cargo check` of it alone: CPU", Unit::Seconds);
        let mut peak = self.row("`cargo check` of it alone: peak of rustc", Unit::Mebibytes);
        for (cell, outcome) in cpu.cells.iter_mut().zip(compiles) {
            if let Some(Err(why)) = outcome {
                *cell = Cell::Failed(why.clone());
            }
        }
        self.each(self.plan.builds, compiles, |index, output| {
            let taken = output.build(Build::Check);
            peak.cells[index].add(taken.clone().map(|taken| mebibytes(&taken)));
            cpu.cells[index].add(taken.map(|taken| taken.cpu));
        });
        self.rows.extend([cpu, peak]);
    }

    fn release(&mut self, compiles: &[Option<Result<(), String>>]) {
        let mut row = self.row("release build of it alone: CPU", Unit::Seconds);
        self.each(1, compiles, |index, output| {
            if let Err(why) = output.prepare(Build::Release) {
                row.cells[index].add(Err(why));
            }
        });
        self.each(self.plan.builds, compiles, |index, output| {
            row.cells[index].add(output.build(Build::Release).map(|taken| taken.cpu));
        });
        self.rows.push(row);
    }

    fn program(&mut self, compiles: &[Option<Result<(), String>>]) {
        let mut row =
            self.row("release build of it and a program that makes one call: CPU", Unit::Seconds);
        let mut known = vec![false; self.outputs.len()];
        let document = self.document;
        self.each(1, compiles, |index, output| {
            let added = output.add_program(document).and_then(|is_added| {
                known[index] = is_added;
                if is_added { output.prepare(Build::Program) } else { Ok(()) }
            });
            if let Err(why) = added {
                row.cells[index].add(Err(why));
                known[index] = false;
            }
        });
        self.each(self.plan.builds, compiles, |index, output| {
            if known[index] {
                row.cells[index].add(output.build(Build::Program).map(|taken| taken.cpu));
            }
        });
        self.rows.push(row);
    }

    fn empty(&mut self, compiles: &[Option<Result<(), String>>]) {
        let mut row =
            self.row("`cargo check` of an empty crate with its dependencies: CPU", Unit::Seconds);
        self.each(self.plan.builds, compiles, |index, output| {
            row.cells[index].add(output.build_empty().map(|taken| taken.cpu));
        });
        self.rows.push(row);
    }

    fn cold(&mut self, compiles: &[Option<Result<(), String>>]) {
        let mut cpu = self.row("`cargo build` from nothing: CPU", Unit::Seconds);
        let mut crates = self.row("crates it needs", Unit::Number);
        self.each(1, compiles, |index, output| {
            crates.cells[index].add(output.crates().map(|number| number as f64));
        });
        self.each(self.plan.cold, compiles, |index, output| {
            cpu.cells[index].add(output.build_cold().map(|taken| taken.cpu));
        });
        self.rows.extend([cpu, crates]);
    }

    /// Does something so many times, each time for every output that compiles.
    fn each(
        &self,
        times: usize,
        compiles: &[Option<Result<(), String>>],
        mut act: impl FnMut(usize, &Output),
    ) {
        for _ in 0..times {
            for (index, (output, outcome)) in self.outputs.iter().zip(compiles).enumerate() {
                if matches!(outcome, Some(Ok(()))) {
                    act(index, output);
                }
            }
        }
    }
}

/// Runs a generator; what it said last is why it failed.
fn run(program: &Path, words: &[String]) -> Result<Taken, String> {
    let (told, said, taken) = measure::measured(program, words, PATIENCE)?;
    if taken.status == Some(0) {
        return Ok(taken);
    }
    let mut lines = told.iter().map(String::as_str).chain(said.lines());
    let why = lines.rfind(|line| !line.trim().is_empty()).unwrap_or("nothing is said");
    Err(format!("fails: {}", why.trim()))
}

fn mebibytes(taken: &Taken) -> f64 {
    taken.megabytes as f64
}
