namespace Review.Kernel;

/// <summary>
/// What a user asks for: the last line about a symbol counts. A wish is granted only as far as Kconfig allows it.
/// </summary>
internal sealed class Wishes
{
    private readonly Dictionary<string, (string Value, int Order)> wishes = new(StringComparer.Ordinal);
    private int order;

    /// <summary>Adds the lines of a defconfig, a wish file or a <c>.config</c>.</summary>
    public void Add(string text)
    {
        foreach (var (symbol, value) in ConfigurationText.Parse(text))
        {
            wishes[symbol] = (value, ++order);
        }
    }

    /// <summary>The value asked for as files write it, or null.</summary>
    public string? For(string symbol) => wishes.TryGetValue(symbol, out var wish) ? wish.Value : null;

    /// <summary>When the symbol was last mentioned; later wishes have greater numbers; 0 if never.</summary>
    public int OrderOf(string symbol) => wishes.TryGetValue(symbol, out var wish) ? wish.Order : 0;
}
