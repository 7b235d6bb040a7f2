//! The stages one by one, for `benches/`: each with everything before it done. Behind the feature
//! `bench`, hidden, and no part of what this crate promises.
//!
//! What a stage gives is handed out without its type, so that the benches can leave dropping it out
//! of the time and see nothing else of it.

use std::path::{Path, PathBuf};

use crate::analyze::Facts;
use crate::diagnostics::Diagnostics;
use crate::emit::Form;
use crate::ir::Api;
use crate::model::Crate;
use crate::names::NameTable;
use crate::normalise::Document;
use crate::output::{self, Plan};
use crate::source::{Disk, Source};
use crate::wishes::Wishes;
use crate::{
    File, Manifest, Options, analyze, assemble, emit, keys, load, lower, model, names, normalise,
    select, upgrade, wishes, write,
};

/// A document at every stage of the pipeline.
#[derive(Debug)]
pub struct Stages {
    options: Options,
    loaded: Source,
    assembled: Source,
    upgraded: Source,
    selected: Source,
    document: Document,
    api: Api,
    facts: Facts,
    names: NameTable,
    wishes: Wishes,
    model: Crate,
    files: Vec<File>,
}

impl Stages {
    /// Runs the pipeline on a file and keeps what every stage gives.
    ///
    /// # Errors
    /// The document is refused.
    pub fn of(spec: impl Into<PathBuf>) -> Result<Self, Diagnostics> {
        let options = Options { spec: spec.into(), ..Options::default() };
        let loaded = load::load(&Disk, &options.spec, options.limits)?;
        let (assembled, _) =
            assemble::assemble(&Disk, loaded.clone(), &options.allow_refs, options.limits)?;
        let (upgraded, _) = upgrade::upgrade(assembled.clone());
        let (selected, _) = select::select(&upgraded, &options.selection)?;
        let (document, _) = normalise::normalise(selected.clone())?;
        let (api, found) = lower::lower(
            &document,
            None,
            &options.selection.versions,
            &options.asked(upgraded.as_written()),
        );
        found.into_result()?;
        let facts = analyze::analyze(&api);
        let (names, found) = names::mint(&api, &facts, options.choices(&upgraded));
        found.into_result()?;
        let (wishes, found) = wishes::take(&api, &names, &options, upgraded.as_written());
        found.into_result()?;
        let model = model::build(&api, &facts, &names, &wishes);
        let modules = emit::emit(&model, Form::Crate);
        let files = write::crate_files(modules, "bench").unwrap_or_default();
        Ok(Self {
            options,
            loaded,
            assembled,
            upgraded,
            selected,
            document,
            api,
            facts,
            names,
            wishes,
            model,
            files,
        })
    }

    /// Text to tree.
    pub fn load(&self) -> impl Sized {
        load::load(&Disk, &self.options.spec, self.options.limits)
    }

    /// A tree for `assemble`, to be made outside of the time.
    pub fn loaded(&self) -> Source {
        self.loaded.clone()
    }

    /// The files it refers to.
    pub fn assemble(&self, source: Source) -> impl Sized {
        assemble::assemble(&Disk, source, &self.options.allow_refs, self.options.limits)
    }

    /// Keys that the specification does not have.
    pub fn keys(&self) -> impl Sized {
        keys::check(&self.assembled)
    }

    /// A tree for `upgrade`, to be made outside of the time.
    pub fn assembled(&self) -> Source {
        self.assembled.clone()
    }

    /// Swagger 2.0 to 3.0; anything else passes.
    pub fn upgrade(&self, source: Source) -> impl Sized {
        upgrade::upgrade(source)
    }

    /// 3.1 to 3.0, and what the choice reaches.
    pub fn select(&self) -> impl Sized {
        select::select(&self.upgraded, &self.options.selection)
    }

    /// A tree for `normalise`, to be made outside of the time.
    pub fn selected(&self) -> Source {
        self.selected.clone()
    }

    /// The tree to the types of OpenAPI.
    pub fn normalise(&self, source: Source) -> impl Sized {
        normalise::normalise(source)
    }

    /// References resolved.
    pub fn lower(&self) -> impl Sized {
        let asked = self.options.asked(self.upgraded.as_written());
        lower::lower(&self.document, None, &self.options.selection.versions, &asked).0
    }

    /// Directions, circles, what is shared.
    pub fn analyze(&self) -> impl Sized {
        analyze::analyze(&self.api)
    }

    /// Every identifier.
    pub fn names(&self) -> impl Sized {
        names::mint(&self.api, &self.facts, self.options.choices(&self.upgraded))
    }

    /// Every decision about Rust.
    pub fn model(&self) -> impl Sized {
        model::build(&self.api, &self.facts, &self.names, &self.wishes)
    }

    /// Tokens, and text of them; both a piece at a time.
    pub fn print(&self) -> impl Sized {
        write::crate_files(emit::emit(&self.model, Form::Crate), "bench")
    }

    /// Files on the disk, in a folder that is empty or holds the same already.
    ///
    /// # Errors
    /// The folder holds something else.
    pub fn write(&self, out: &Path) -> Result<(), Diagnostics> {
        self.plan(out).and_then(|plan| plan.apply())
    }

    /// Everything, from the file to the folder.
    ///
    /// # Errors
    /// The folder holds something else.
    pub fn whole(&self, out: &Path) -> Result<(), Diagnostics> {
        let generated = crate::generate(&self.options, &Disk);
        generated.and_then(|generated| plan(&generated.files, &generated.features, out)?.apply())
    }

    fn plan(&self, out: &Path) -> Result<Plan, Diagnostics> {
        plan(&self.files, &self.model.features, out)
    }
}

fn plan(files: &[File], features: &[String], out: &Path) -> Result<Plan, Diagnostics> {
    let manifest = Manifest {
        name: "client",
        runtime_path: None,
        runtime_features: &[],
        features,
        own_workspace: true,
    };
    output::plan_crate(files, &manifest, out)
}
