using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Review.Bot.Configuration;

/// <summary>
/// Reads YAML event by event, so that neither deep nesting nor names for values that stand in each other cost more than the text is long. A file is one document, and each key is there once.
/// </summary>
internal sealed class YamlConfig
{
    private readonly Parser parser;
    private readonly Dictionary<AnchorName, ConfigNode> named = [];

    private YamlConfig(string text) => parser = new Parser(new StringReader(text));

    /// <summary>Reads a text; null if it holds nothing.</summary>
    /// <exception cref="ConfigSyntaxException">It is not YAML.</exception>
    public static ConfigNode? Read(string text)
    {
        try
        {
            return new YamlConfig(text).Document();
        }
        catch (YamlException trouble)
        {
            throw new ConfigSyntaxException((int)trouble.Start.Line, trouble.Message);
        }
        catch (Exception trouble) when (trouble is InvalidOperationException or ArgumentException)
        {
            // The library stumbles over some texts instead of refusing them.
            throw new ConfigSyntaxException(0, "the text ends or breaks off where a value should be");
        }
    }

    private ConfigNode? Document()
    {
        _ = parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _ = parser.Consume<DocumentStart>();
        var root = Node(0);
        _ = parser.Consume<DocumentEnd>();
        return parser.Accept<StreamEnd>(out var more) || more is not null ? root : throw Trouble(parser.Current!, "there is a second document");
    }

    private ConfigNode Node(int depth)
    {
        var first = parser.Current ?? throw new ConfigSyntaxException(0, "the text breaks off");
        if (depth > ConfigNode.MaximumDepth)
        {
            throw Trouble(first, "values lie too deep in each other");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return named.GetValueOrDefault(alias.Value) ?? throw Trouble(alias, $"nothing above is called '{alias.Value}'");
        }

        var node = Value((NodeEvent)first, depth);
        if (first is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            named[anchored.Anchor] = node;
        }

        return node;
    }

    private ConfigNode Value(NodeEvent first, int depth)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new ConfigText(LineOf(first), scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = ImmutableArray.CreateBuilder<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(depth + 1));
            }

            return new ConfigList(LineOf(first), items.ToImmutable());
        }

        _ = parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<ConfigEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.TryConsume<Scalar>(out var word) ? word : throw Trouble(parser.Current!, "a key is not a word");
            entries.Add(keys.Add(key.Value) ? new ConfigEntry(LineOf(key), key.Value, Node(depth + 1)) : throw Trouble(key, $"the key '{key.Value}' is there twice"));
        }

        return new ConfigMapping(LineOf(first), entries.ToImmutable());
    }

    private static int LineOf(ParsingEvent place) => (int)place.Start.Line;

    private static ConfigSyntaxException Trouble(ParsingEvent place, string problem) => new(LineOf(place), problem);
}
