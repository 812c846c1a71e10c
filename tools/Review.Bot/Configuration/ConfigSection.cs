using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Review.Bot.Configuration;

/// <summary>Something in a configuration file that cannot be used: file with line, key, what is wrong, and what to do.</summary>
public sealed class BotConfigException(string place, string key, string problem, string cure) : Exception($"{place}: {(key.Length == 0 ? "" : key + ": ")}{problem}")
{
    /// <summary>What to do about it.</summary>
    public string Cure { get; } = cure;
}

/// <summary>
/// A mapping of a YAML file, read key by key. A key that nobody asked for is an error: it is misspelt, and a misspelt safeguard is none.
/// </summary>
internal sealed class ConfigSection
{
    private const string Cure = "close every bracket and quote, indent with blanks, and put text with colons between quotes";

    private readonly string file;
    private readonly string path;
    private readonly YamlNode node;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private ConfigSection(string file, string path, YamlNode node)
    {
        (this.file, this.path, this.node) = (file, path, node);
        if (node is not YamlMappingNode mapping)
        {
            throw Error("", node, "is not a mapping", "write 'key: value' lines below it");
        }

        foreach (var (key, value) in mapping.Children)
        {
            entries[(key as YamlScalarNode)?.Value ?? throw Error("", key, "a key is not a word", "write one word before each colon")] = (key, value);
        }
    }

    /// <summary>The keys, in the order of the file.</summary>
    public IEnumerable<string> Keys => entries.Keys;

    /// <summary>Reads a file.</summary>
    public static ConfigSection Read(string file, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? throw new BotConfigException(file, "", "the file is empty", "see the reference in tools/Review.Bot/README.md") : new ConfigSection(file, "", stream.Documents[0].RootNode);
        }
        catch (YamlException trouble)
        {
            throw new BotConfigException(Place(file, trouble.Start.Line), "", $"not YAML: {trouble.Message.TrimEnd('.')}", Cure);
        }
        catch (Exception trouble) when (trouble is InvalidOperationException or ArgumentException)
        {
            // The library stumbles over some texts instead of refusing them.
            throw new BotConfigException(file, "", "not YAML", Cure);
        }
    }

    /// <summary>True if a key is there.</summary>
    public bool Has(string key) => Value(key) is not null;

    /// <summary>True if a key has one value, not a mapping or a list.</summary>
    public bool IsText(string key) => Value(key) is YamlScalarNode;

    /// <summary>A text.</summary>
    public string? Text(string key) => Value(key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } text } => text,
        var other => throw Error(key, other, "is not a text", "write one value behind the colon"),
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
        YamlScalarNode { Value: { Length: > 0 } one } => [one],
        YamlSequenceNode list => [.. list.Children.Select(item => item is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Error(key, item, "holds something that is not a text", "write one text behind each dash"))],
        var other => throw Error(key, other, "is not a list", "write [one, two]"),
    };

    /// <summary>A section below a key; null if there is none.</summary>
    public ConfigSection? Section(string key) => Value(key) is { } value ? new ConfigSection(file, Below(key), value) : null;

    /// <summary>The sections of a list.</summary>
    public ImmutableArray<ConfigSection> Sections(string key) => Value(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select((item, index) => new ConfigSection(file, $"{Below(key)}[{index}]", item))],
        var other => throw Error(key, other, "is not a list", "begin each entry with a dash"),
    };

    /// <summary>Complains of keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var (name, (key, _)) in entries)
        {
            if (!known.Contains(name))
            {
                throw Error(name, key, "is not known here", $"there are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    /// <summary>What is wrong with a key that is there.</summary>
    public BotConfigException Error(string key, string problem, string cure) => Error(key, entries.TryGetValue(key, out var entry) ? entry.Value : node, problem, cure);

    /// <summary>A key is not there.</summary>
    public BotConfigException Missing(string key, string cure) => Error(key, node, "is missing", cure);

    private YamlNode? Value(string key)
    {
        _ = known.Add(key);
        return entries.TryGetValue(key, out var entry) && entry.Value is not YamlScalarNode { Value: null or "" } ? entry.Value : null;
    }

    private BotConfigException Error(string key, YamlNode where, string problem, string cure) => new(Place(file, where.Start.Line), Below(key), problem, cure);

    private string Below(string key) => path.Length == 0 ? key : key.Length == 0 ? path : $"{path}.{key}";

    private static string Place(string file, long line) => string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");
}
