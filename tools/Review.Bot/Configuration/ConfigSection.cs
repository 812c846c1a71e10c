using System.Collections.Immutable;
using System.Globalization;

namespace Review.Bot.Configuration;

/// <summary>Something in a configuration file that cannot be used: file with line, key, what is wrong, and what to do.</summary>
public sealed class BotConfigException(string place, string key, string problem, string cure) : Exception($"{place}: {(key.Length == 0 ? "" : key + ": ")}{problem}")
{
    /// <summary>What to do about it.</summary>
    public string Cure { get; } = cure;
}

/// <summary>
/// A mapping of a configuration file, read key by key. A key that nobody asked for is an error: it is misspelt, and a misspelt safeguard is none.
/// </summary>
internal sealed class ConfigSection
{
    private readonly string file;
    private readonly string path;
    private readonly ConfigMapping node;
    private readonly Dictionary<string, ConfigEntry> entries;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public ConfigSection(string file, string path, ConfigNode node)
    {
        (this.file, this.path) = (file, path);
        this.node = node as ConfigMapping ?? throw Error("", node, "is not a mapping", "write keys with values there");
        entries = this.node.Entries.ToDictionary(static entry => entry.Key, StringComparer.Ordinal);
    }

    /// <summary>The keys, in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Entries.Select(static entry => entry.Key);

    /// <summary>True if a key is there.</summary>
    public bool Has(string key) => Value(key) is not null;

    /// <summary>True if a key has one value, not a mapping or a list.</summary>
    public bool IsText(string key) => Value(key) is ConfigText;

    /// <summary>A text.</summary>
    public string? Text(string key) => Value(key) switch
    {
        null => null,
        ConfigText { Value: { Length: > 0 } text } => text,
        var other => throw Error(key, other, "is not a text", "write one value"),
    };

    /// <summary>A text that has to be there.</summary>
    public string Needed(string key, string cure) => Text(key) ?? throw Missing(key, cure);

    /// <summary>A number in a range.</summary>
    public double Number(string key, double otherwise, double least, double most) => Text(key) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Error(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from {least} to {most}"), "write one, or leave the key out");

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool otherwise) => Text(key) switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        var text => throw Error(key, $"'{text}' is neither true nor false", "write one of them"),
    };

    /// <summary>One of some words.</summary>
    public T Word<T>(string key, T otherwise, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        foreach (var (word, meaning) in words)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        throw Error(key, $"'{text}' is not known", $"write {string.Join(", ", words.ToArray().Select(static word => word.Word))}");
    }

    /// <summary>A list of texts; one text counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string key) => Value(key) switch
    {
        null => [],
        ConfigText { Value: { Length: > 0 } one } => [one],
        ConfigList list => [.. list.Items.Select(item => item is ConfigText { Value: { Length: > 0 } text } ? text : throw Error(key, item, "holds something that is not a text", "write one text for each entry"))],
        var other => throw Error(key, other, "is not a list", "write [one, two]"),
    };

    /// <summary>A section below a key; null if there is none.</summary>
    public ConfigSection? Section(string key) => Value(key) is { } value ? new ConfigSection(file, Below(key), value) : null;

    /// <summary>The sections of a list.</summary>
    public ImmutableArray<ConfigSection> Sections(string key) => Value(key) switch
    {
        null => [],
        ConfigList list => [.. list.Items.Select((item, index) => new ConfigSection(file, $"{Below(key)}[{index}]", item))],
        var other => throw Error(key, other, "is not a list", "write an entry for each, even if it is one"),
    };

    /// <summary>Complains of keys that nobody asked for.</summary>
    public void Finish()
    {
        if (node.Entries.FirstOrDefault(entry => !known.Contains(entry.Key)) is { } strange)
        {
            throw new BotConfigException(Place(file, strange.Line), Below(strange.Key), "is not known here", $"there are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
    }

    /// <summary>What is wrong with a key that is there.</summary>
    public BotConfigException Error(string key, string problem, string cure) => Error(key, entries.TryGetValue(key, out var entry) ? entry.Value : node, problem, cure);

    /// <summary>A key is not there.</summary>
    public BotConfigException Missing(string key, string cure) => Error(key, node, "is missing", cure);

    private ConfigNode? Value(string key)
    {
        _ = known.Add(key);
        return entries.TryGetValue(key, out var entry) && entry.Value is not ConfigText { Value: "" } ? entry.Value : null;
    }

    private BotConfigException Error(string key, ConfigNode where, string problem, string cure) => new(Place(file, where.Line), Below(key), problem, cure);

    private string Below(string key) => path.Length == 0 ? key : key.Length == 0 ? path : $"{path}.{key}";

    internal static string Place(string file, int line) => string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");
}
