using TuneLab.Randomness;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Draws the features that a node may choose from, without replacement. A feature that does not vary in a node can't vary below it: it then counts as drawn without
/// being looked at, as in scikit-learn, and more are drawn only until one varies. Used by one thread.
/// </summary>
internal sealed class FeatureDraw
{
    private readonly int[] _start;
    private readonly int[] _features; // known not to vary, found not to vary, not drawn yet, drawn
    private readonly int _wanted;
    private int _known, _knownDrawn, _constants, _end, _drawn;

    /// <param name="features">The features that vary at all.</param>
    /// <param name="share">How many each node draws, as a share of all, rounded to the nearest number (scikit-learn rounds down); at least one.</param>
    public FeatureDraw(int[] features, double share)
        => (_start, _features, _wanted) = (features, [.. features], Math.Max(1, (int)Math.Round(share * features.Length)));

    /// <summary>Features found not to vary in the node, those known before among them: what its children begin with.</summary>
    public int Constants => _constants;

    /// <summary>Forgets the draws of the last tree: a tree must not depend on the ones before.</summary>
    public void Restart() => _start.CopyTo(_features, 0);

    /// <summary>Begins with a node.</summary>
    /// <param name="constants">Its parent's <see cref="Constants"/>, when every node begun since was a descendant of that parent; else 0.</param>
    public void Begin(int constants) => (_known, _knownDrawn, _constants, _end, _drawn) = (constants, 0, constants, _features.Length, 0);

    /// <summary>The next feature to look at; -1: enough were drawn.</summary>
    public int Next(SeededRandom random)
    {
        while (_end > _constants && (_drawn < _wanted || _end == _features.Length))
        {
            _drawn++;
            var place = random.NextInt(_end - _constants + _known - _knownDrawn) - (_known - _knownDrawn);
            if (place < 0)
            {
                _knownDrawn++;
                continue;
            }

            place += _constants;
            _end--;
            (_features[place], _features[_end]) = (_features[_end], _features[place]);
            return _features[_end];
        }

        return -1;
    }

    /// <summary>The last feature given does not vary in the node.</summary>
    public void MarkConstant()
    {
        (_features[_constants], _features[_end]) = (_features[_end], _features[_constants]);
        _constants++;
        _end++;
    }
}
