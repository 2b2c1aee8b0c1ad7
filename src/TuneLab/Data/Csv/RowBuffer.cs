namespace TuneLab.Data.Csv;

/// <summary>An array that grows with the rows and is handed over at the end.</summary>
internal struct RowBuffer<T>(int capacity)
{
    private T[] _items = new T[Math.Max(16, capacity)];
    private int _count;

    /// <summary>Appends one value.</summary>
    public void Add(T item)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(Array.MaxLength, _count * 2L));
        }

        _items[_count++] = item;
    }

    /// <summary>The values, as long as there are rows; the buffer itself where it fits.</summary>
    public readonly T[] ToArray() => _count == _items.Length ? _items : _items[.._count];
}
