using System.Text.Json.Serialization;

namespace TuneLab.Hosting.Protocol;

/// <summary>
/// What a host is asked: one line of JSON, followed by <see cref="Bytes"/> bytes where it carries an array. A host holds one run at a time. <see cref="CancelNote"/>, <see cref="ThreadsNote"/> and
/// <see cref="RowsNote"/> are not answered; everything else is, in order.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(RowsNote), "rows")]
[JsonDerivedType(typeof(WarmRequest), "warm")]
[JsonDerivedType(typeof(ReadRequest), "read")]
[JsonDerivedType(typeof(StartRequest), "start")]
[JsonDerivedType(typeof(AdvanceRequest), "advance")]
[JsonDerivedType(typeof(PredictRequest), "predict")]
[JsonDerivedType(typeof(OutOfBagRequest), "out_of_bag")]
[JsonDerivedType(typeof(SaveRequest), "save")]
[JsonDerivedType(typeof(CompleteRequest), "complete")]
[JsonDerivedType(typeof(EndRequest), "end")]
[JsonDerivedType(typeof(CancelNote), "cancel")]
[JsonDerivedType(typeof(ThreadsNote), "threads")]
internal abstract record HostRequest : IMessage
{
    /// <inheritdoc/>
    public int Bytes { get; init; }
}

/// <summary>A list of rows that the run may name by its number from now on; the bytes are the rows, 4 each.</summary>
/// <param name="List">From 1; 0 is the fold's training rows.</param>
internal sealed record RowsNote(int List) : HostRequest;

/// <summary>Asks for throwaway fits of a tiny made-up table, so that the code of these trainers is compiled before a run needs it. Answered by <see cref="DoneAnswer"/>, whatever became of them.</summary>
/// <param name="Trainers">Ids, in this order.</param>
internal sealed record WarmRequest(IReadOnlyList<string> Trainers) : HostRequest;

/// <summary>Has a fold ready that the next run is on. Answered by <see cref="DoneAnswer"/>.</summary>
/// <param name="Fold">The fold's file.</param>
internal sealed record ReadRequest(string Fold) : HostRequest;

/// <summary>Starts a run, or with bytes (a checkpoint) goes on with one. Answered by <see cref="ProgressAnswer"/>.</summary>
/// <param name="Trainer">The trainer's id.</param>
/// <param name="Numbers">Hyperparameters that are numbers, written with round trip: JSON has no infinity.</param>
/// <param name="Choices">Hyperparameters that are names.</param>
/// <param name="Fold">The fold's file.</param>
/// <param name="Rows">The number of the list of rows to fit on.</param>
/// <param name="Seed">The run's seed.</param>
internal sealed record StartRequest(string Trainer, SortedDictionary<string, string> Numbers, SortedDictionary<string, string> Choices, string Fold, int Rows, ulong Seed) : HostRequest;

/// <summary>Does rounds. Answered by <see cref="ProgressAnswer"/>.</summary>
internal sealed record AdvanceRequest(int Rounds) : HostRequest;

/// <summary>Predicts a list of rows. Answered by <see cref="DoneAnswer"/> with the predictions, 8 bytes each.</summary>
internal sealed record PredictRequest(int Rows) : HostRequest;

/// <summary>Asks for out-of-bag predictions. Answered by <see cref="OutOfBagAnswer"/>.</summary>
internal sealed record OutOfBagRequest : HostRequest;

/// <summary>Asks for a checkpoint. Answered by <see cref="DoneAnswer"/> with it.</summary>
internal sealed record SaveRequest : HostRequest;

/// <summary>Asks for the model. Answered by <see cref="DoneAnswer"/> with it.</summary>
internal sealed record CompleteRequest : HostRequest;

/// <summary>Ends the run and forgets its rows. Answered by <see cref="DoneAnswer"/>.</summary>
internal sealed record EndRequest : HostRequest;

/// <summary>What is under way should be given up; its answer comes nevertheless.</summary>
internal sealed record CancelNote : HostRequest;

/// <summary>This run and the next ones may use this many threads from their next round on; until told, 1.</summary>
internal sealed record ThreadsNote(int Threads) : HostRequest;
