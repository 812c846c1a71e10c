namespace Review.Tables.Lookups;

/// <summary>The local variables on a path through a function.</summary>
internal sealed class CEnvironment
{
    private readonly Dictionary<string, CValue> values;

    public CEnvironment() => values = new Dictionary<string, CValue>(StringComparer.Ordinal);

    private CEnvironment(Dictionary<string, CValue> values) => this.values = values;

    public CValue? this[string name]
    {
        get => values.GetValueOrDefault(name);
        set => values[name] = value!;
    }

    public CEnvironment Copy() => new(new Dictionary<string, CValue>(values, StringComparer.Ordinal));

    /// <summary>Keeps what two paths agree on.</summary>
    public void Join(CEnvironment other)
    {
        foreach (var name in values.Keys.Union(other.values.Keys, StringComparer.Ordinal).ToList())
        {
            if (!Equals(this[name], other[name]))
            {
                values[name] = CUnknown.Instance;
            }
        }
    }

    /// <summary>Takes over what another path knows.</summary>
    public void Replace(CEnvironment other)
    {
        values.Clear();
        foreach (var (name, value) in other.values)
        {
            values[name] = value;
        }
    }
}
