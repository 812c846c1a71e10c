using System.Collections.Immutable;
using System.Globalization;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Review.Bot.Configuration;

/// <summary>
/// Reads TOML. The library sees to it that no key is there twice and that no table is made in two places; here the tables, which may stand anywhere in the text, are put where they belong.
/// </summary>
internal static class TomlConfig
{
    /// <summary>Reads a text; null if it holds nothing.</summary>
    /// <exception cref="ConfigSyntaxException">It is not TOML.</exception>
    public static ConfigNode? Read(string text)
    {
        var document = Parse(text);
        if (document.Diagnostics.FirstOrDefault(static one => one.Kind == DiagnosticMessageKind.Error) is { } trouble)
        {
            throw new ConfigSyntaxException(LineOf(trouble.Span), trouble.Message);
        }

        var root = new Table(1);
        Fill(root, document.KeyValues);
        foreach (var table in document.Tables)
        {
            var line = LineOf(table.Span);
            var names = Names(table.Name!, line);
            var parent = root.Descend(names[..^1], line);
            Fill(table is TableArraySyntax ? parent.Append(names[^1], line) : parent.Child(names[^1], line), table.Items);
        }

        return root.IsEmpty ? null : root.Freeze();
    }

    private static DocumentSyntax Parse(string text)
    {
        try
        {
            return SyntaxParser.Parse(text, new TomlSerializerOptions { MaxDepth = ConfigNode.MaximumDepth });
        }
        catch (TomlException trouble)
        {
            throw new ConfigSyntaxException(trouble.Line ?? 0, trouble.Message);
        }
    }

    private static void Fill(Table table, IEnumerable<KeyValueSyntax> pairs)
    {
        foreach (var pair in pairs)
        {
            var line = LineOf(pair.Span);
            var names = Names(pair.Key!, line);
            table.Descend(names[..^1], line).Put(names[^1], line, Value(pair.Value!));
        }
    }

    private static ConfigNode Value(ValueSyntax value)
    {
        var line = LineOf(value.Span);
        switch (value)
        {
            case ArraySyntax array:
                return new ConfigList(line, [.. array.Items.Select(static item => Value(item.Value!))]);
            case InlineTableSyntax inline:
                var table = new Table(line);
                Fill(table, inline.Items.Select(static item => item.KeyValue!));
                return table.Freeze();
            default:
                return new ConfigText(line, value switch
                {
                    StringValueSyntax text => text.Value ?? "",
                    IntegerValueSyntax number => number.Value.ToString(CultureInfo.InvariantCulture),
                    _ => value.ToString()?.Trim() ?? "",
                });
        }
    }

    /// <summary>The words of a key with dots.</summary>
    private static ImmutableArray<string> Names(KeySyntax key, int line)
    {
        ImmutableArray<string> names = [NameOf(key.Key), .. key.DotKeys.Select(static item => NameOf(item.Key))];
        return names.Length <= ConfigNode.MaximumDepth ? names : throw new ConfigSyntaxException(line, "a key has too many dots");
    }

    private static string NameOf(BareKeyOrStringValueSyntax? word) => word switch
    {
        StringValueSyntax text => text.Value ?? "",
        BareKeySyntax bare => bare.Key?.Text ?? "",
        _ => "",
    };

    private static int LineOf(SourceSpan span) => span.Start.Line + 1;

    /// <summary>A table that still grows.</summary>
    private sealed class Table(int line)
    {
        // A value, a table, or the tables of a list, in the order of the text.
        private readonly OrderedDictionary<string, (int Line, object Value)> entries = new(StringComparer.Ordinal);

        public bool IsEmpty => entries.Count == 0;

        public void Put(string name, int line, ConfigNode value)
        {
            if (!entries.TryAdd(name, (line, value)))
            {
                throw Twice(name, line);
            }
        }

        /// <summary>The table of a name, or the last of its list; made if there is none.</summary>
        public Table Child(string name, int line)
        {
            if (!entries.TryGetValue(name, out var entry))
            {
                entries.Add(name, entry = (line, new Table(line)));
            }

            return entry.Value as Table ?? (entry.Value as List<Table>)?[^1] ?? throw Twice(name, line);
        }

        /// <summary>A new table at the end of the list of a name.</summary>
        public Table Append(string name, int line)
        {
            if (!entries.TryGetValue(name, out var entry))
            {
                entries.Add(name, entry = (line, new List<Table>()));
            }

            var table = new Table(line);
            (entry.Value as List<Table> ?? throw Twice(name, line)).Add(table);
            return table;
        }

        public Table Descend(ImmutableArray<string> names, int line) => names.Aggregate(this, (table, name) => table.Child(name, line));

        public ConfigMapping Freeze() => new(line, [.. entries.Select(static entry => new ConfigEntry(entry.Value.Line, entry.Key, entry.Value.Value switch
        {
            Table table => table.Freeze(),
            List<Table> tables => new ConfigList(entry.Value.Line, [.. tables.Select(static table => table.Freeze())]),
            var value => (ConfigNode)value,
        }))]);

        private static ConfigSyntaxException Twice(string name, int line) => new(line, $"the key '{name}' is there twice");
    }
}
