using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

/// <summary>The folder is empty where the file gives none: only the whole file knows the name that it is made of.</summary>
internal sealed class OutputSection : SectionShape<OutputPlan>
{
    private readonly Key<string> _folder;
    private readonly Key<int> _keepModels;
    private readonly Key<bool> _refit;

    public OutputSection()
    {
        var defaults = new OutputPlan { Folder = "" };
        _folder = Optional("folder", new TextShape("the path of a folder"), "Where the files go; relative to this file's folder. Left out: runs/NAME.");
        _keepModels = Default("keep_models", Names.WholeFrom(1), defaults.KeepModels, "How many model zips are kept.");
        _refit = Default("refit", new FlagShape(), defaults.Refit, "Whether the winner is fitted again on all rows but the holdout.");
    }

    protected override OutputPlan Build(SectionReader section) => new()
    {
        Folder = section.Get(_folder) is { } folder ? Path.GetFullPath(folder, section.Context.Folder) : "",
        KeepModels = section.Get(_keepModels),
        Refit = section.Get(_refit),
    };

    protected override void Put(SectionWriter section, OutputPlan value)
    {
        section.Put(_folder, value.Folder);
        section.Put(_keepModels, value.KeepModels);
        section.Put(_refit, value.Refit);
    }
}
