using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

internal sealed class StageSection : SectionShape<StagePlan>
{
    private readonly Key<string> _name;
    private readonly Key<string> _sampler;
    private readonly Key<int> _trials;
    private readonly Key<int> _passes;
    private readonly Key<double> _keep;
    private readonly Key<double> _shrink;
    private readonly Key<double> _rows;
    private readonly Key<double> _rounds;
    private readonly Key<int> _folds;
    private readonly Key<int> _halving;
    private readonly Key<FidelityKind> _over;
    private readonly Key<string> _prune;
    private readonly Key<int> _starts;
    private readonly Key<double> _share;
    private readonly Key<int> _top;
    private readonly Key<int> _repeats;

    public StageSection()
    {
        var defaults = new StagePlan { Name = "" };
        _name = Required("name", new TextShape("a stage's name", false, "coarse", "refine", "polish", Names.Confirm),
            "coarse, refine, polish and confirm have a meaning of their own; others are searched like coarse. confirm comes last.");
        _sampler = Optional("sampler", Names.Samplers,
            "What proposes configurations. Left out: random; for refine sobol, for polish gp.");
        _trials = Optional("trials", Names.WholeFrom(1), "Trials per pass, over all trainers. Left out: what the others leave of the budget, by its share among those that don't say.");
        _passes = Default("passes", Names.WholeFrom(1), defaults.Passes, "Passes; those of refine each in a smaller hypercube, unless the sampler finds its region itself (gp).");
        _keep = Default("keep", Names.Fraction, defaults.Keep, "The best share of a trainer's trials around which the hypercube shrinks.");
        _shrink = Default("shrink", new NumberShape(new NumberLimits(0, 1, MinOpen: true, MaxOpen: true)), defaults.Shrink, "The factor by which each side of the hypercube shrinks that matters; the others shrink less. A sampler that finds its region itself (gp) has the whole space.");
        _rows = Default("rows", Names.Fraction, defaults.Rows, "The fraction of each fold's training rows that a trial is given.");
        _rounds = Default("rounds", Names.Fraction, defaults.Rounds, "The fraction of its configuration's rounds that a trial is given at most. Its runs are paused there and go on where they stopped when it is given more. For trainers that can stop between rounds.");
        _folds = Optional("folds", Names.WholeFrom(1), "On how many of the folds a trial is scored, the first ones; with trainer: command seeds. Left out: all; with 'over: folds' one.");
        _halving = Optional("halving", Names.WholeFrom(2, 10),
            "Successive halving: of a pass's trials the best 1/N go on with N times the rows, rounds or folds, up to all. Each further pass begins with N times as many as the one before (Hyperband). Left out: all trials are given the same.");
        _over = Default("over", Names.Fidelities, defaults.Over,
            "What halving gives more of: rows, from 'rows' on; rounds, from 'rounds' on, each run going on where it stopped; folds, from 'folds' on.");
        _prune = Optional("prune", Names.Pruners,
            "What ends trials that are behind: paired, after a fold by the same folds of good trials, or within one whose curve can't reach theirs; median, within a fold or seed whose best score so far is worse than the median of those before; none. Left out: paired; with trainer: command median.");
        _starts = Default("starts", Names.WholeFrom(0, 12), defaults.Starts, "With how many of its starting points, configurations that did well on other tables, a trainer's turns in the stage begin.");
        _share = Optional("share", Names.Fraction, "The stage's part of budget.time, and of budget.trials where it does not say how many. Left out: 0.35, 0.30, 0.25, 0.10.");
        _top = Default("top", Names.WholeFrom(1), defaults.Top, "confirm: how many finalists.");
        _repeats = Default("repeats", Names.WholeFrom(1), defaults.Repeats, "confirm: repeats of the cross-validation on fresh splits.");
    }

    protected override StagePlan Build(SectionReader section)
    {
        var name = section.Get(_name) ?? "";
        var isConfirm = name == Names.Confirm;
        foreach (var key in isConfirm ? new Key[] { _sampler, _trials, _passes, _keep, _shrink, _rows, _rounds, _folds, _halving, _over, _prune, _starts } : [_top, _repeats])
        {
            if (name.Length > 0 && section.Has(key))
            {
                section.Faults.Add(section.NodeOf(key), isConfirm
                    ? $"stage 'confirm' has '{key.Name}', but it searches nothing; its keys are name, top, repeats and share."
                    : $"stage '{name}' has '{key.Name}', which belongs to the stage confirm.");
            }
        }

        if (section.Has(_over) && !section.Has(_halving))
        {
            section.Faults.Add(section.NodeOf(_over), $"stage '{name}' has 'over', which belongs to 'halving'; give it halving: 3, or take 'over' out.");
        }
        else if (section.Get(_over) == FidelityKind.Rounds && section.Get(_rounds) >= 1)
        {
            section.Faults.Add(section.NodeOf(_over), $"stage '{name}' halves over rounds, but does not say from how many; give it rounds: 0.1 or another fraction below 1.");
        }

        return new StagePlan
        {
            Name = name,
            Sampler = section.Get(_sampler),
            Trials = section.Maybe(_trials),
            Passes = section.Get(_passes),
            Keep = section.Get(_keep),
            Shrink = section.Get(_shrink),
            Rows = section.Get(_rows),
            Rounds = section.Get(_rounds),
            Folds = section.Maybe(_folds),
            Halving = section.Maybe(_halving),
            Over = section.Get(_over),
            Prune = section.Get(_prune),
            Starts = section.Get(_starts),
            Share = section.Maybe(_share),
            Top = section.Get(_top),
            Repeats = section.Get(_repeats),
        };
    }

    protected override void Put(SectionWriter section, StagePlan value)
    {
        section.Put(_name, value.Name);
        if (value.Name == Names.Confirm)
        {
            section.Put(_top, value.Top);
            section.Put(_repeats, value.Repeats);
        }
        else
        {
            section.Put(_sampler, value.Sampler);
            section.Put(_trials, value.Trials);
            section.Put(_passes, value.Passes);
            section.Put(_keep, value.Keep);
            section.Put(_shrink, value.Shrink);
            section.Put(_rows, value.Rows);
            section.Put(_rounds, value.Rounds);
            section.Put(_folds, value.Folds);
            section.Put(_halving, value.Halving);
            if (value.Halving is not null)
            {
                section.Put(_over, value.Over);
            }

            section.Put(_prune, value.Prune);
            section.Put(_starts, value.Starts > 0 ? value.Starts : (int?)null);
        }

        section.Put(_share, value.Share);
    }
}
