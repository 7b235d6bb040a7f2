//! Random instances of every component schema through the generated types and back.

use serde_json::Value;

use super::Tally;
use crate::draw::{Drawer, Way};
use crate::drive::{Driver, Subject};
use crate::judge::same;

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many instances of each schema.
    pub instances: usize,
    /// What the instances depend on.
    pub seed: u64,
}

/// What came of one document.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many schemas took part.
    pub schemas: usize,
    /// How many instances were drawn.
    pub instances: usize,
    /// What came of them.
    pub tally: Tally,
}

/// Takes the trips of one document.
///
/// # Errors
///
/// The driver is gone.
pub fn run(subject: &Subject, driver: &mut Driver, plan: Plan) -> Result<Outcome, String> {
    let drawer = Drawer::new(&subject.raw, plan.seed);
    let mut outcome = Outcome::default();
    let mut schemas: Vec<&str> = Vec::new();
    for ty in &subject.types {
        if !schemas.contains(&ty.pointer.as_str()) {
            schemas.push(&ty.pointer);
        }
        let way = match ty.travels.as_str() {
            "sent" => Way::Sent,
            "received" => Way::Received,
            _ => Way::Both,
        };
        for number in 0..plan.instances {
            let Some(instance) = draw(&drawer, &ty.pointer, way, number) else {
                outcome.tally.skip(&ty.pointer, "there is no finite instance");
                continue;
            };
            outcome.instances += 1;
            let said = driver.trip(ty.number, &instance)?;
            judge(&mut outcome.tally, &ty.pointer, way, &instance, &said);
        }
    }
    outcome.schemas = schemas.len();
    Ok(outcome)
}

/// An instance that is not null: that a component may be null is a property of the places that refer
/// to it, not of its type.
fn draw(drawer: &Drawer<'_>, pointer: &str, way: Way, number: usize) -> Option<Value> {
    let mut tries = (0..20).map(|again| drawer.draw(pointer, way, number + again * 10_000));
    tries.find(|drawn| !drawn.as_ref().is_some_and(Value::is_null)).flatten()
}

fn judge(tally: &mut Tally, pointer: &str, way: Way, instance: &Value, said: &Value) {
    match said.get("value") {
        Some(became) => {
            let verdict = same(instance, became, way == Way::Received);
            tally.count(verdict, pointer, instance, became);
        }
        None => tally.fail(pointer, "the type refuses it".to_owned(), instance, said),
    }
}
