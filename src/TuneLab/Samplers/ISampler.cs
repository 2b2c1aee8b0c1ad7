using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>What a sampler may base a proposal on.</summary>
/// <param name="Space">The space searched.</param>
/// <param name="Box">The part of it that proposals must lie in.</param>
/// <param name="History">The finished trials it may see.</param>
/// <param name="Index">Which proposal of this stage pass and trainer it is, from 0 without gaps; those that were tried before and are no trial of their own are counted.</param>
/// <param name="Stage">The index of the stage pass, as in <see cref="Observation.Stage"/>.</param>
/// <param name="Planned">How many proposals this pass and trainer will ask for, about: as many as even turns among the trainers give; null when only time limits it.</param>
/// <param name="Start">The best points known when the pass began, best first, in the unit cube of the whole space; may be empty. Same for every proposal of the pass.</param>
/// <param name="Seed">The seed of this stage pass and trainer; the index is mixed in by the sampler where it draws.</param>
public sealed record SamplerRequest(
    SearchSpace Space,
    Hypercube Box,
    SearchHistory History,
    int Index,
    int Stage,
    int? Planned,
    IReadOnlyList<double[]> Start,
    Seed Seed)
{
    /// <summary>The points of this trainer's latest proposals, oldest first, whose results <see cref="History"/> does not show because of the lag. <value>None.</value></summary>
    public IReadOnlyList<double[]> UnderWay { get; init; } = [];

    /// <summary>The fidelity of the pass's trials, as in <see cref="Observation.Rows"/>: what was tried at another one may be proposed. <value>Null: that of the pass's latest trial in the history, and where there is none, any.</value></summary>
    public double? Rows { get; init; }

    /// <summary>Where a trial costs little, in a trainer's first pass, for samplers that begin there and pay more only for what is better; not to be written. <value>Null: not known, or the trainer was searched before.</value></summary>
    public double[]? Cheap { get; init; }
}

/// <summary>
/// Proposes configurations (ask) from the history it is handed (tell).
/// <para><b>Contract.</b> Called by a stage (and by <c>AskTell</c>), one call per trial and one more for each proposal that was tried before, from one thread at a time. The answer is a pure function of the request: an instance may
/// keep memos of pure functions of request and history, and nothing else, so that a resumed run, another process or another number of jobs proposes the same.
/// The point lies inside <see cref="SamplerRequest.Box"/>, has one coordinate per parameter of the space, and is the caller's to keep.
/// Failed and pruned observations are normal input. It never sees seconds.
/// <b>Errors:</b> none on any valid request; <c>null</c> says that nothing is left to propose (a grid at its end), which ends the pass for that trainer.</para>
/// </summary>
public interface ISampler
{
    /// <summary>The name in the experiment file: <c>random</c>, <c>grid</c>, <c>lhs</c>, <c>sobol</c>, <c>cma-es</c>, <c>tpe</c>, <c>flow2</c>, <c>nelder-mead</c>, <c>quasi-newton</c>, <c>gp</c>.</summary>
    string Id { get; }

    /// <summary>
    /// How many of the latest trials it is content not to see: a proposal for trial n depends only on trials numbered below n - lag. Larger keeps cores busy past a straggler;
    /// a sampler that ignores history says <see cref="int.MaxValue"/>.
    /// </summary>
    int Lag { get; }

    /// <summary>Whether it learns from all trials and finds by itself where to look closely: a stage then hands it the whole space, not the hypercube that refinement came to. <value>False.</value></summary>
    bool FindsItsRegion => false;

    /// <summary>The next point, in the unit cube of the whole space, or null when nothing is left.</summary>
    double[]? Propose(SamplerRequest request);
}
