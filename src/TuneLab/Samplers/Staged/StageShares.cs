namespace TuneLab.Samplers.Staged;

/// <summary>When a stage of <see cref="StagedAskTell"/> ends: by its share of the trials, or of the cost.</summary>
internal sealed class StageShares
{
    /// <summary>The index of the last stage.</summary>
    public const int Polish = 4;

    // without any budget, a round of stages has as many trials
    private const int UsualTrials = 100;

    // by stage, of what is left after the defaults
    private static readonly double[] Shares = [0, 0.4, 0.175, 0.175, 0.25];

    private readonly int _learners;
    private readonly double _cost;
    private readonly int _trials;
    private (int Trials, double Cost) _begin;
    private (int Trials, double Cost) _round;

    /// <param name="learners">How many defaults there are.</param>
    /// <param name="trials">The budget in trials, or null.</param>
    /// <param name="cost">The budget in cost, or null.</param>
    public StageShares(int learners, int? trials, double? cost)
        => (_learners, _trials, _cost, ByCost) = (learners, Math.Max(0, (trials ?? UsualTrials) - learners), cost ?? double.PositiveInfinity, trials is null && cost is not null);

    /// <summary>The stages' names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["defaults", "coarse", "refine", "refine", "polish"];

    /// <summary>Whether cost is the budget.</summary>
    public bool ByCost { get; }

    /// <summary>Notes where a stage begins.</summary>
    public void Enter(int stage, int asked, double spent)
    {
        _begin = (asked, spent);
        _round = stage == 1 ? _begin : _round;
    }

    /// <summary>Whether the share of a stage is used.</summary>
    public bool Ended(int stage, int asked, double spent)
    {
        if (stage == 0)
        {
            return asked >= _learners;
        }

        // a round that begins after the budget was meant to be used gets half of what the first one had
        return ByCost ? spent - _begin.Cost >= Shares[stage] * Math.Max(_cost - _round.Cost, _cost / 2) : asked - _begin.Trials >= Planned(stage);
    }

    /// <summary>How many of some trials, defaults not counted, are a stage's: also where <c>auto</c> makes the stages of a plan. Polish has what the others leave.</summary>
    public static int Of(int trials, int stage)
        => stage == Polish ? trials - Enumerable.Range(1, Polish - 1).Sum(s => Of(trials, s)) : (int)Math.Round(trials * Shares[stage]);

    /// <summary>The trials of a stage; null where cost ends it.</summary>
    public int? Planned(int stage) => ByCost ? null
        : stage == Polish ? Math.Max(1, _trials - Enumerable.Range(1, Polish - 1).Sum(s => Planned(s)!.Value))
        : Math.Max(1, Of(_trials, stage));
}
