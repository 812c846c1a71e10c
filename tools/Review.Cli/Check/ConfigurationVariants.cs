using System.Collections.Immutable;
using System.Globalization;
using Review.Clang;
using Review.Cli.Output;
using Review.Core.Source;
using Review.Kernel;

namespace Review.Cli.Check;

/// <summary>
/// The configurations under which <c>--config all</c> looks at a file: the default, and for every switch that the file's own text names one in which that switch is
/// turned over, unless an earlier one turned it over as well. So every such switch is seen on and off, and a finding names one option that a person can set; combinations
/// of several changes are not tried.
/// </summary>
internal sealed class ConfigurationVariants(BuildPreparation preparation, ISourceTree tree, ClangParser parser)
{
    /// <summary>Configurations of one file and architecture, the default included.</summary>
    private const int Maximum = 16;

    /// <summary>Names in one complaint.</summary>
    private const int MaximumNames = 8;

    private readonly Dictionary<(string Architecture, string Change), PreparedKernel?> made = [];
    private readonly SortedDictionary<string, SortedSet<string>> fixedOptions = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];

    /// <summary>What was left out, for people.</summary>
    public IEnumerable<string> Notes =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{Summary.Count(made.Values.Count(static kernel => kernel is not null), "configuration")} besides the default"),
        .. fixedOptions.Select(static pair => $"on {pair.Key} no single change of the configuration turns {Names([.. pair.Value])} over"),
        .. notes,
    ];

    /// <summary>The kernels besides the default one under which a file is to be looked at.</summary>
    public ImmutableArray<PreparedKernel> Of(string file, PreparedKernel kernel)
    {
        var chosen = ImmutableArray.CreateBuilder<PreparedKernel>();
        var left = new List<string>();
        foreach (var symbol in Symbols(file))
        {
            foreach (var value in Turned(kernel.Build.Configuration.Value(symbol)))
            {
                if (chosen.Any(earlier => Is(earlier.Build.Configuration.Value(symbol), value)))
                {
                    continue;
                }

                if (chosen.Count >= Maximum - 1)
                {
                    left.Add($"CONFIG_{symbol}");
                }
                else if (Make(kernel, symbol, value) is { } variant && variant.Build.Kbuild.IsSelected(file))
                {
                    chosen.Add(variant);
                }
            }
        }

        if (left.Count > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{file} on {kernel.Build.Architecture.Name}: {Maximum} configurations are the limit; not changed: {Names(left)}"));
        }

        return chosen.ToImmutable();
    }

    private ImmutableSortedSet<string> Symbols(string file)
    {
        try
        {
            return tree.ReadBytes(file) is { } bytes ? OptionsOfSource.In(new SourceText(file, bytes)) : [];
        }
        catch (SourceTreeException)
        {
            // The file will be reported as not analysed when it is loaded.
            return [];
        }
    }

    private PreparedKernel? Make(PreparedKernel kernel, string symbol, string value)
    {
        var key = (kernel.Build.Architecture.Name, $"CONFIG_{symbol}={value}");
        if (!made.TryGetValue(key, out var variant))
        {
            variant = preparation.Change(kernel, symbol, value, parser);
            made.Add(key, variant);
            if (variant is null)
            {
                if (!fixedOptions.TryGetValue(key.Name, out var names))
                {
                    fixedOptions.Add(key.Name, names = new SortedSet<string>(StringComparer.Ordinal));
                }

                _ = names.Add($"CONFIG_{symbol}");
            }
        }

        return variant;
    }

    /// <summary>What a symbol of some value is turned into. A module is on for <c>IS_ENABLED()</c> and off for <c>#ifdef</c>, so it is turned both ways.</summary>
    private static ImmutableArray<string> Turned(string? value) => value switch
    {
        null => ["y"],
        "m" => ["y", "n"],
        "y" => ["n"],
        _ => [],
    };

    private static bool Is(string? value, string wanted) => (value ?? "n") == wanted;

    private static string Names(List<string> names) =>
        string.Join(", ", names.Take(MaximumNames)) + (names.Count > MaximumNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MaximumNames} more") : "");
}
