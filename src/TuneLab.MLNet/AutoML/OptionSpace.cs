using System.Text.RegularExpressions;
using Microsoft.ML.SearchSpace.Option;
using TuneLab.Samplers;
using TuneLab.Space;
using MLParameter = Microsoft.ML.SearchSpace.Parameter;
using MLSearchSpace = Microsoft.ML.SearchSpace.SearchSpace;
using SearchSpace = TuneLab.Space.SearchSpace;

namespace TuneLab.MLNet.AutoML;

/// <summary>
/// ML.NET's search space as TuneLab searches it: nested spaces become dotted names, whole numbers and logarithms keep their meaning, and each pipeline of a sweepable pipeline (its choice
/// <c>_SCHEMA_</c>) is a learner of its own, with the options of its own estimators. What a learner does not use keeps its default.
/// </summary>
internal sealed partial class OptionSpace
{
    private const string Schema = "_SCHEMA_";

    private readonly MLSearchSpace _space;
    private readonly OptionLeaf? _schema;
    private readonly Dictionary<string, (int? Choice, OptionLeaf[] Leaves)> _learners = new(StringComparer.Ordinal);

    public OptionSpace(MLSearchSpace space)
    {
        _space = space;
        var leaves = Leaves(space, [], 0).ToArray();
        _schema = Array.Find(leaves, l => l.Path[^1] == Schema && l.Choices?.Count > 1);
        if (_schema?.Choices is not { } pipelines)
        {
            Add("search", null, leaves);
            return;
        }

        for (var i = 0; i < pipelines.Count; i++)
        {
            var used = Estimators().Matches(pipelines[i]).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
            var depth = _schema.Path.Count - 1;
            Add(pipelines[i], i, [.. leaves.Where(l => l != _schema && (l.Path.Count <= depth || !l.Path.Take(depth).SequenceEqual(_schema.Path.Take(depth)) || !Estimators().IsMatch(l.Path[depth]) || used.Contains(l.Path[depth])))]);
        }
    }

    /// <summary>One for each pipeline; the start of each is ML.NET's default.</summary>
    public List<StagedLearner> Learners { get; } = [];

    /// <summary>A configuration of one of the learners as ML.NET takes it.</summary>
    public MLParameter Of(Configuration configuration)
    {
        var features = _space.Default.ToArray();
        var (choice, leaves) = _learners[configuration.Trainer];
        if (choice is { } index)
        {
            _schema!.Choose(features, index);
        }

        foreach (var leaf in leaves)
        {
            leaf.Write(configuration, features);
        }

        return _space.SampleFromFeatureSpace(features);
    }

    private void Add(string name, int? choice, OptionLeaf[] leaves)
    {
        // two pipelines of the same words would be one learner
        name = _learners.ContainsKey(name) ? string.Create(CultureInfo.InvariantCulture, $"{name} ({choice})") : name;
        _learners.Add(name, (choice, leaves));
        var defaults = _space.Default.ToArray();
        Learners.Add(new StagedLearner(new SearchSpace([.. leaves.SelectMany(l => l.Parameters)]), new Configuration(name, leaves.SelectMany(l => l.Read(defaults)))));
    }

    // in the order of ML.NET's coordinates: each space sorts its options by name
    private static IEnumerable<OptionLeaf> Leaves(MLSearchSpace space, IReadOnlyList<string> path, int first)
    {
        foreach (var (name, option) in space.OrderBy(o => o.Key))
        {
            IReadOnlyList<string> inner = [.. path, name];
            foreach (var leaf in option is MLSearchSpace nested ? Leaves(nested, inner, first) : [new OptionLeaf(inner, option, first)])
            {
                yield return leaf;
            }

            first += option.FeatureSpaceDim;
        }
    }

    [GeneratedRegex(@"\be\d+\b")]
    private static partial Regex Estimators();
}
