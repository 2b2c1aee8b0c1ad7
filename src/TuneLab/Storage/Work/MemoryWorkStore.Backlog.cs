namespace TuneLab.Storage.Work;

/// <content>The backlog.</content>
public sealed partial class MemoryWorkStore
{
    private readonly SortedDictionary<long, BacklogItem> _items = [];

    /// <inheritdoc/>
    public IReadOnlyList<BacklogItem> AddItems(IReadOnlyList<BacklogItem> items)
    {
        lock (_access)
        {
            var now = time.GetUtcNow();
            BacklogItem[] added = [.. items.Select((item, i) => item with { Id = _items.Count + i + 1, Version = 1, Added = now, Updated = now })];
            Array.ForEach(added, item => _items.Add(item.Id, item));
            return added;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<BacklogItem> Items()
    {
        lock (_access)
        {
            return [.. _items.Values];
        }
    }

    /// <inheritdoc/>
    public BacklogItem? FindItem(long id)
    {
        lock (_access)
        {
            return _items.GetValueOrDefault(id);
        }
    }

    /// <inheritdoc/>
    public BacklogItem? TryUpdate(BacklogItem item)
    {
        lock (_access)
        {
            return _items.GetValueOrDefault(item.Id)?.Version == item.Version ? _items[item.Id] = item with { Version = item.Version + 1, Updated = time.GetUtcNow() } : null;
        }
    }
}
