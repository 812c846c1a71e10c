namespace Review.Kernel.Makefiles;

/// <summary>
/// Finds out which change of the configuration would have a file compiled, by trying: every symbol that the makefiles above
/// the file mention is switched, and what the makefiles then select is looked at.
/// </summary>
internal sealed class SelectionReasons(KbuildTree makefiles, KernelConfiguration configuration)
{
    private const int MaximumSymbols = 500;

    public string Explain(string file)
    {
        var texts = Makefiles(file);
        if (texts.Count == 0)
        {
            return $"{file} is not selected: no directory above it has a Makefile";
        }

        var symbols = texts.SelectMany(makefile => KbuildFile.SymbolsIn(makefile.Text)).Distinct(StringComparer.Ordinal).Take(MaximumSymbols).ToList();
        var changes = SingleChange(file, symbols) ?? SwitchedOn(file, symbols);
        if (changes is null)
        {
            return $"{file} is not selected: no configuration that was tried has {texts[^1].Path} compile it (another file may include it)";
        }

        var needs = changes.Select(symbol => $"CONFIG_{symbol}={(configuration.IsSet(symbol) ? "n" : "y")}");
        var owner = Try(file, changes)?.Path;
        return $"{file} is not selected by this configuration ({owner}, needs {string.Join(" and ", needs)})";
    }

    private List<(string Path, string Text)> Makefiles(string file)
    {
        var texts = new List<(string, string)>();
        for (var slash = file.IndexOf('/'); slash > 0; slash = file.IndexOf('/', slash + 1))
        {
            if (makefiles.Text(file[..slash]) is { } makefile)
            {
                texts.Add(makefile);
            }
        }

        return texts;
    }

    private List<string>? SingleChange(string file, List<string> symbols) =>
        symbols.Find(symbol => Try(file, [symbol]) is not null) is { } symbol ? [symbol] : null;

    /// <summary>The smallest set of symbols that suffices when symbols are only switched on, found by leaving out one after the other.</summary>
    private List<string>? SwitchedOn(string file, List<string> symbols)
    {
        var changes = symbols.Where(symbol => !configuration.IsSet(symbol)).ToList();
        if (Try(file, changes) is null)
        {
            return null;
        }

        for (var i = changes.Count - 1; i >= 0; i--)
        {
            var symbol = changes[i];
            changes.RemoveAt(i);
            if (Try(file, changes) is null)
            {
                changes.Insert(i, symbol);
            }
        }

        return changes;
    }

    /// <summary>The makefile that has the file compiled when these symbols are switched, or null.</summary>
    private KbuildFile? Try(string file, IReadOnlyCollection<string> changes)
    {
        var switched = changes.ToHashSet(StringComparer.Ordinal);
        return makefiles.With(symbol => switched.Contains(symbol)
            ? configuration.IsSet(symbol) ? null : "y"
            : configuration.Value(symbol)).Owner(file);
    }
}
