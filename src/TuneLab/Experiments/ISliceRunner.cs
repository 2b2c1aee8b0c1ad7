namespace TuneLab.Experiments;

/// <summary>What a worker has run: a part of a queue entry, until it ends or is left.</summary>
/// <param name="Entry">The queue entry's number.</param>
/// <param name="Store">The file of the store that has it.</param>
/// <param name="Jobs">Evaluations at once.</param>
/// <param name="Threads">Threads in all.</param>
/// <param name="Deadline">When the answer must be there at the latest: the search is cut so that it is. <value>Null: whenever the budget is used.</value></param>
public sealed record SliceOrder(long Entry, string Store, int Jobs, int Threads, DateTimeOffset? Deadline = null);

/// <summary>How a slice ended.</summary>
public enum SliceEnd
{
    /// <summary>The answer is there.</summary>
    Answered,

    /// <summary>It was stopped; the best so far was confirmed and exported.</summary>
    Stopped,

    /// <summary>It was left; it goes on when it is run again.</summary>
    Left,

    /// <summary>Another process runs this experiment.</summary>
    Busy,

    /// <summary>The plan or the data are wrong: to try again changes nothing.</summary>
    Refused,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Its process ended without a word.</summary>
    Died,
}

/// <summary>What a slice tells.</summary>
public abstract record SliceNews;

/// <summary>The experiment is open in the store.</summary>
/// <param name="Experiment">Its id.</param>
public sealed record SliceOpened(long Experiment) : SliceNews;

/// <summary>A line for people.</summary>
/// <param name="Text">Without a line feed.</param>
public sealed record SliceNote(string Text) : SliceNews;

/// <summary>A better score than any before it.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="Score">The best so far, in validation on everything that a trial is given; finite.</param>
public sealed record SliceScored(string Metric, double Score) : SliceNews;

/// <summary>It has ended. The last that it tells.</summary>
/// <param name="How">How.</param>
/// <param name="Reason">Why, or what was found, in words; not empty.</param>
/// <param name="ActiveSeconds">Seconds that it worked.</param>
public sealed record SliceEnded(SliceEnd How, string Reason, double ActiveSeconds) : SliceNews
{
    /// <summary>The answer, where there is one.</summary>
    public SliceAnswer? Answer { get; init; }
}

/// <summary>What came of an experiment, in short.</summary>
/// <param name="Verdict"><c>supported</c>, <c>refuted</c> or <c>undecided</c>.</param>
/// <param name="Sentence">The verdict in words.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Score">The winner's score: on the holdout, else the search's; null when there is none.</param>
/// <param name="Trainer">The winner's trainer.</param>
public sealed record SliceAnswer(string Verdict, string Sentence, string Metric, double? Score, string Trainer)
{
    /// <summary>Of a result.</summary>
    public static SliceAnswer Of(ExperimentResult result)
    {
        var score = result.Best.Holdout?.Value ?? result.Best.Validation.Mean;
        return new(result.Verdict.Outcome.ToString().ToLowerInvariant(), result.Verdict.Sentence, result.Best.Metric, double.IsFinite(score) ? score : null, result.Best.Trainer);
    }
}

/// <summary>
/// Runs slices apart from the worker, so that one that crashes or takes all memory costs its experiment and never the queue.
/// <para><b>Contract.</b> Called by one worker, one slice at a time. A slice ends with its worker, however that ends. <b>Errors:</b> <see cref="Errors.TuneLabException"/> where it can't be started.</para>
/// </summary>
public interface ISliceRunner
{
    /// <summary>Starts one.</summary>
    ISlice Start(SliceOrder order);
}

/// <summary>
/// A slice that was started.
/// <para><b>Contract.</b> Used by one thread; no method waits. <see cref="IDisposable.Dispose"/> ends it at once, whatever it does.</para>
/// </summary>
public interface ISlice : IDisposable
{
    /// <summary>The next that it told, or null.</summary>
    SliceNews? Next();

    /// <summary>Asks it to rest: within two seconds it does nothing.</summary>
    void Hold();

    /// <summary>Lets it go on.</summary>
    void Release();

    /// <summary>Asks it to end without an answer; it goes on when it is run again.</summary>
    void Leave();

    /// <summary>Asks it to end its search and to answer with what it has.</summary>
    void Stop();
}
