using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Review.Core.Source;
using Review.Kernel.Architectures;
using Review.Kernel.Kconfig;

namespace Review.Kernel;

/// <summary>
/// The values of all configuration symbols that are set, names without <c>CONFIG_</c>. Immutable.
/// </summary>
public sealed class KernelConfiguration
{
    private readonly FrozenDictionary<string, string> values;

    private KernelConfiguration(string name, IEnumerable<KeyValuePair<string, string>> settings, ImmutableArray<KernelProblem> problems)
    {
        Name = name;
        Problems = problems;
        Symbols = settings.ToImmutableSortedDictionary(StringComparer.Ordinal);
        values = Symbols.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What results call this configuration, for example <c>default</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Every set symbol with its value as <c>.config</c> writes it: <c>y</c>, <c>m</c>, a number, or a string in quotes.
    /// Symbols that are off are absent.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Symbols { get; }

    /// <summary>What could not be used while the configuration was made.</summary>
    public ImmutableArray<KernelProblem> Problems { get; }

    /// <summary>
    /// Makes the configuration of a tree for one architecture. Throws <see cref="KernelTreeException"/> if the tree has no
    /// Kconfig or no defconfig for the architecture, when these are needed.
    /// </summary>
    public static KernelConfiguration Create(ISourceTree tree, Architecture architecture, ConfigurationSource source)
    {
        if (source.Text is { } complete && source.IsComplete)
        {
            return FromComplete(source.Name, complete, architecture);
        }

        var problems = new ProblemList();
        var wishes = new Wishes();
        foreach (var wish in DefaultWishes(tree, architecture))
        {
            wishes.Add(wish);
        }

        if (source.Text is { } text)
        {
            wishes.Add(text);
        }

        var model = KconfigParser.Parse(tree, architecture, problems);
        var settings = new KconfigEvaluator(model, wishes, problems).Evaluate();
        return new KernelConfiguration(source.Name, settings, problems.ToImmutable());
    }

    /// <summary>What the default configuration is made from: the architecture's defconfig, then our own list.</summary>
    internal static string[] DefaultWishes(ISourceTree tree, Architecture architecture) => [ReadDefconfig(tree, architecture), OurWishes()];

    /// <summary>A configuration that Kconfig has evaluated.</summary>
    internal static KernelConfiguration Evaluated(string name, IEnumerable<KeyValuePair<string, string>> settings) => new(name, settings, []);

    /// <summary>Takes the settings of a text verbatim: a complete <c>.config</c> or an <c>include/config/auto.conf</c>.</summary>
    public static KernelConfiguration FromSettings(string name, string text) =>
        new(name, Settings(text), []);

    /// <summary>True if a symbol is <c>y</c>, <c>m</c> or has a number or string.</summary>
    public bool IsSet(string symbol) => values.ContainsKey(symbol);

    /// <summary>The value as <c>.config</c> writes it, or null if the symbol is off or unknown.</summary>
    public string? Value(string symbol) => values.GetValueOrDefault(symbol);

    /// <summary>The text of include/generated/autoconf.h, in ordinal order of the names.</summary>
    public string AutoconfHeader()
    {
        var text = new StringBuilder();
        foreach (var (symbol, value) in Symbols)
        {
            text.Append(value switch
            {
                "y" => $"#define CONFIG_{symbol} 1\n",
                "m" => $"#define CONFIG_{symbol}_MODULE 1\n",
                _ => $"#define CONFIG_{symbol} {value}\n",
            });
        }

        return text.ToString();
    }

    private static KernelConfiguration FromComplete(string name, string text, Architecture architecture)
    {
        var problems = new ProblemList();
        var settings = Settings(text);
        var stated = ConfigurationText.ArchitectureOf(text);
        if (stated is not null && Architecture.Find(stated) != architecture)
        {
            problems.Add(name, 0, $"this configuration is for {stated}, but the tree is read as {architecture.Name}");
        }
        else if (!settings.ContainsKey("64BIT"))
        {
            problems.Add(name, 0, $"this configuration is for a 32-bit kernel, but the tree is read as {architecture.Name}");
        }

        return new KernelConfiguration(name, settings, problems.ToImmutable());
    }

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (symbol, value) in ConfigurationText.Parse(text))
        {
            if (value is "n" or "")
            {
                settings.Remove(symbol);
            }
            else
            {
                settings[symbol] = value;
            }
        }

        return settings;
    }

    private static string ReadDefconfig(ISourceTree tree, Architecture architecture)
    {
        var problems = new ProblemList();
        if (tree.ReadText(architecture.DefconfigPath, problems) is { } text)
        {
            return text;
        }

        throw problems.ToImmutable() is [var problem, ..]
            ? new KernelTreeException(architecture.DefconfigPath, problem.Message)
            : new KernelTreeException(architecture.DefconfigPath, $"missing: this tree has no default configuration for {architecture.Name}; name a .config instead");
    }

    private static string OurWishes()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Review.Kernel.Wishes.conf")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
