namespace TuneLab.Learners.Boosting;

/// <summary>The histograms of the leaves that may still be split, within a memory limit: a leaf that has lost its own is summed again when its turn comes.</summary>
internal sealed class HistogramPool
{
    /// <summary>The memory limit unless another is given.</summary>
    public const long DefaultBytes = 256L << 20;

    private readonly List<long[]> _all = [];
    private readonly Stack<int> _free = [];
    private readonly int _length;
    private readonly int _capacity;

    /// <param name="length">Numbers in a histogram.</param>
    /// <param name="leaves">How many could be of use at once.</param>
    /// <param name="bytes">The memory limit; four histograms are allowed anyway.</param>
    public HistogramPool(int length, int leaves, long bytes)
        => (_length, _capacity) = (length, (int)Math.Clamp(bytes / (sizeof(long) * Math.Max(length, 1L)), 4, Math.Max(4, leaves + 1L)));

    /// <summary>The histogram of that number.</summary>
    public long[] this[int slot] => _all[slot];

    /// <summary>A histogram with any content, or -1 when all are in use.</summary>
    public int Acquire()
    {
        if (_free.TryPop(out var slot))
        {
            return slot;
        }

        if (_all.Count == _capacity)
        {
            return -1;
        }

        _all.Add(GC.AllocateUninitializedArray<long>(_length));
        return _all.Count - 1;
    }

    /// <summary>Gives one back; -1 is ignored.</summary>
    public void Release(int slot)
    {
        if (slot >= 0)
        {
            _free.Push(slot);
        }
    }
}
