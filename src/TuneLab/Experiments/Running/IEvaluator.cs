using TuneLab.Pruners;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>
/// Computes one evaluation: trains on a fold and scores, or runs a program with a seed.
/// <para><b>Contract.</b> Asked by the executor: keys and stored evaluations on its own thread, <see cref="Evaluate"/> from all jobs at once. A score is a pure function of the work (as far as a program
/// keeps to its seed). <b>Errors:</b> whatever <see cref="Evaluate"/> throws but a cancellation is recorded as the trial's failure.</para>
/// </summary>
internal interface IEvaluator
{
    /// <summary>The content keys under which what the work gives may be stored, the best first: its own, then those of runs that went further.</summary>
    IReadOnlyList<string> Keys(FoldWork work);

    /// <summary>A stored evaluation of one of the work's keys as this experiment reads it, no further than the work goes; null when it can't.</summary>
    Evaluation? Read(Evaluation stored, FoldWork work);

    /// <summary>Computes it.</summary>
    /// <param name="work">What.</param>
    /// <param name="trial">The trial's number; changes no score.</param>
    /// <param name="judge">Asked after each checkpoint but the last with rounds and losses so far; null: nothing is pruned.</param>
    /// <param name="begins">Told once, when what goes before the training is done (a process, reading, encoding): limits of time count from there.</param>
    /// <param name="cancellation">Ends it.</param>
    FoldOutcome Evaluate(FoldWork work, int trial, Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? judge, Action begins, CancellationToken cancellation);
}
