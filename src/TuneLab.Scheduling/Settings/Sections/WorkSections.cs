using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Scheduling.Settings.Sections;

internal sealed class RetrySection : SectionShape<RetrySettings>
{
    private readonly Key<int> _attempts;
    private readonly Key<TimeSpan> _wait;

    public RetrySection()
    {
        var defaults = new RetrySettings();
        _attempts = Default("attempts", new WholeShape<int>(new NumberLimits(1)), defaults.Attempts, "How often an experiment that fails is tried in all, before it is parked with its reason.");
        _wait = Default("wait", new DurationShape(), defaults.Wait, "How long it waits before it is tried again; twice as long after each further failure.");
    }

    protected override RetrySettings Build(SectionReader section) => new() { Attempts = section.Get(_attempts), Wait = section.Get(_wait) };

    protected override void Put(SectionWriter section, RetrySettings value)
    {
        section.Put(_attempts, value.Attempts);
        section.Put(_wait, value.Wait);
    }
}

internal sealed class BackgroundSection : SectionShape<BackgroundSettings>
{
    private readonly Key<TimeSpan> _slice;
    private readonly Key<int> _plateau;

    public BackgroundSection()
    {
        var defaults = new BackgroundSettings();
        _slice = Default("slice", new DurationShape(), defaults.Slice, "How long one slice of further refinement takes.");
        _plateau = Default("plateau", new WholeShape<int>(new NumberLimits(1)), defaults.Plateau, "After how many slices without gain an experiment is left alone.");
    }

    protected override BackgroundSettings Build(SectionReader section) => new() { Slice = section.Get(_slice), Plateau = section.Get(_plateau) };

    protected override void Put(SectionWriter section, BackgroundSettings value)
    {
        section.Put(_slice, value.Slice);
        section.Put(_plateau, value.Plateau);
    }
}
