using System.Runtime.InteropServices;

namespace TuneLab.Data.Csv;

/// <summary>Numbers distinct texts in the order of first appearance, looked up as UTF-8 so that a text costs a string once, at the end.</summary>
internal sealed class LevelTable
{
    private int[] _slots = NewSlots(64); // open addressing, linear probing; -1: free
    private uint[] _hashes = new uint[16];
    private int[] _ends = new int[16];
    private byte[] _bytes = new byte[256];

    /// <summary>The number of distinct texts.</summary>
    public int Count { get; private set; }

    /// <summary>The number of that text, new or known.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        for (; _slots[slot] >= 0; slot = (slot + 1) & mask)
        {
            var known = _slots[slot];
            if (_hashes[known] == hash && Bytes(known).SequenceEqual(text))
            {
                return known;
            }
        }

        _slots[slot] = Count;
        Append(text, hash);
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>The texts by number.</summary>
    public string[] Texts()
    {
        var texts = new string[Count];
        for (var i = 0; i < Count; i++)
        {
            texts[i] = System.Text.Encoding.UTF8.GetString(Bytes(i));
        }

        return texts;
    }

    private ReadOnlySpan<byte> Bytes(int level)
    {
        var start = level == 0 ? 0 : _ends[level - 1];
        return _bytes.AsSpan(start, _ends[level] - start);
    }

    private void Append(ReadOnlySpan<byte> text, uint hash)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + text.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, start + (long)text.Length)));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        text.CopyTo(_bytes.AsSpan(start));
        (_ends[Count], _hashes[Count]) = (start + text.Length, hash);
        Count++;
    }

    private void Grow()
    {
        _slots = NewSlots(_slots.Length * 4);
        var mask = _slots.Length - 1;
        for (var level = 0; level < Count; level++)
        {
            var slot = (int)_hashes[level] & mask;
            while (_slots[slot] >= 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = level;
        }
    }

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * 0x9e3779b97f4a7c15UL;
        for (; text.Length >= 8; text = text[8..])
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * 0x9e3779b97f4a7c15UL;
            hash ^= hash >> 32;
        }

        foreach (var b in text)
        {
            hash = (hash ^ b) * 0x100000001b3UL;
        }

        hash *= 0x9e3779b97f4a7c15UL;
        return (uint)(hash >> 32);
    }
}
