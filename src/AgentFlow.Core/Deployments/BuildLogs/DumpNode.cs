namespace AgentFlow.Deployments.BuildLogs;

/// <summary>One object or list of a dump while it is read: what a validator's issue is told by, and no more.</summary>
internal sealed class DumpNode
{
    private const int MostItems = 64;

    /// <summary>The key under which it stands; null in a list and at the top.</summary>
    public string? Key { get; private set; }

    public bool IsList { get; private set; }

    /// <summary>Its scalar members, or none for a list.</summary>
    public Dictionary<string, string> Scalars { get; } = new(StringComparer.Ordinal);

    /// <summary>Its lists of scalars by key.</summary>
    public Dictionary<string, List<string>> Lists { get; } = new(StringComparer.Ordinal);

    /// <summary>The scalars of a list, or the keys that its objects carry.</summary>
    public List<string> Items { get; } = [];

    /// <summary>The key that waits for its value.</summary>
    public string? Pending { get; set; }

    /// <summary>The scalar that was read last and is not yet known to be a key or a value.</summary>
    public string? Last { get; set; }

    public void Reset(string? key, bool isList)
    {
        (Key, IsList, Pending, Last) = (key, isList, null, null);
        Scalars.Clear();
        Lists.Clear();
        Items.Clear();
    }

    /// <summary>A value ends: keep it under its key or as an item.</summary>
    public void Commit()
    {
        if (Last is { } value)
        {
            if (IsList)
            {
                if (Items.Count < MostItems)
                {
                    Items.Add(value);
                }
            }
            else if (Pending is { } key && Scalars.Count < MostItems)
            {
                Scalars[key] = value;
            }
        }

        (Pending, Last) = (null, null);
    }

    /// <summary>Takes what a closed child says.</summary>
    public void Take(DumpNode child)
    {
        if (child.IsList && child.Key is { } key && Lists.Count < MostItems)
        {
            Lists[key] = [.. child.Items];
        }
        else if (!child.IsList && IsList && child.Scalars.TryGetValue("key", out string? name) && Items.Count < MostItems)
        {
            Items.Add(name);
        }

        (Pending, Last) = (null, null);
    }
}
