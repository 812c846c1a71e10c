using System;
using System.Collections.Generic;
using System.Linq;

namespace Review.Tables.Specification;

/// <summary>Reads a behavior table from text; BehaviorTable.md describes the format.</summary>
public sealed class TableReader
{
    private const char Comment = '#';
    private const string AlwaysWord = "always";
    private const int MaximumColumns = 64;
    private const int MaximumRows = 1000;

    private readonly List<string> options = [];
    private readonly List<TableColumn> columns = [];
    private readonly List<TableRow> rows = [];
    private string name = "";
    private readonly Func<string, bool>? isOption;
    private string[]? head;

    private TableReader(Func<string, bool>? isOption) => this.isOption = isOption;

    /// <summary>Reads a table.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isOption">Tells whether a kernel has an option; null where no kernel is at hand, and the table is believed.</param>
    /// <exception cref="TableFormatException">The text is no table, contradicts itself, or names an option that the kernel does not have.</exception>
    public static BehaviorTable Read(string text, Func<string, bool>? isOption = null)
    {
        if (text.IndexOf('\0') is >= 0 and var zero)
        {
            throw new TableFormatException(text.Take(zero).Count(static c => c == '\n') + 1, "a zero byte: this is no text", "name a table");
        }

        var reader = new TableReader(isOption);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r', ' ', '\t');
            if (line.Length > 0 && line[0] != Comment)
            {
                reader.ReadLine(line, i + 1);
            }
        }

        return reader.rows.Count > 0 ? new BehaviorTable(reader.name, reader.options, reader.columns, [.. reader.rows.OrderBy(static row => row.Value)])
            : throw new TableFormatException(lines.Length, "the table has no rows", "a row is a name, a value and an answer for each column");
    }

    private void ReadLine(string line, int number)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "table":
                name = words.Length == 2 && IsIdentifier(words[1]) ? words[1] : throw new TableFormatException(number, "a table has one name, a C identifier", "write for example 'table madvise_info'");
                break;
            case "option":
                foreach (var option in words.Skip(1))
                {
                    options.Add(options.Count < BehaviorTable.MaximumOptions ? ReadOption(option, number)
                        : throw new TableFormatException(number, $"more than {BehaviorTable.MaximumOptions} options", "declare those that rows depend on"));
                }

                break;
            case "column":
                columns.Add(columns.Count < MaximumColumns ? ReadColumn(line.Substring("column".Length), number) : throw new TableFormatException(number, $"more than {MaximumColumns} columns", "ask less"));
                break;
            case "behavior":
                head = ReadHead(words, number);
                break;
            default:
                rows.Add(rows.Count < MaximumRows ? ReadRow(words, number) : throw new TableFormatException(number, $"more than {MaximumRows} rows", "name each advice once"));
                break;
        }
    }

    private string ReadOption(string option, int number)
    {
        if (Guard.Parse(option) is not { IsAlways: false } guard || guard.ToString() != guard.Options[0])
        {
            throw new TableFormatException(number, $"'{option}' is no option", "options are called CONFIG_ and something");
        }

        return isOption is null || isOption(option) ? option : throw new TableFormatException(number, $"unknown option '{option}': no Kconfig file of the tree has it", "correct its name, or name the tree that has it with --kernel");
    }

    /// <summary><c>column NAME: WORD WORD...</c>, and perhaps <c>; FUNCTION(): CONSTANT CONSTANT...</c>.</summary>
    private TableColumn ReadColumn(string line, int number)
    {
        var parts = line.Split([';'], 2);
        var (column, words) = ReadWords(parts[0], number);
        if (head is not null || columns.Exists(other => other.Name == column))
        {
            throw new TableFormatException(number, head is null ? $"the column {column} is there twice" : "a column stands behind the head of the rows", "declare each column once, before the line that begins with 'behavior'");
        }

        if (words.Length < 2 || words.Distinct().Count() < words.Length)
        {
            throw new TableFormatException(number, $"the column {column} needs different answers, at least two", "the first one is what every number gets that no row names");
        }

        if (parts.Length == 1)
        {
            return new TableColumn(column, words, null, []);
        }

        var (function, constants) = ReadWords(parts[1].Replace("()", ""), number);
        return constants.Length == words.Length ? new TableColumn(column, words, function, constants)
            : throw new TableFormatException(number, $"{function}() returns {constants.Length} constants for {words.Length} answers", "give one constant for each answer, in the same order");
    }

    private static (string Name, string[] Words) ReadWords(string text, int number)
    {
        var parts = text.Split([':'], 2);
        var subject = parts[0].Trim();
        return parts.Length == 2 && IsIdentifier(subject) ? (subject, parts[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : throw new TableFormatException(number, $"'{text.Trim()}' is no name with its words", "write for example 'column lock: write read'");
    }

    private string[] ReadHead(string[] words, int number)
    {
        if (head is not null || words.Length < 2 || words[1] != "value")
        {
            throw new TableFormatException(number, head is null ? "the head of the rows begins with 'behavior value'" : "the rows have two heads", "write one line with the names of the columns");
        }

        var asked = words.Skip(2).TakeWhile(static word => word is not ("config" or "since" or "notes")).ToList();
        if (asked.Find(word => columns.TrueForAll(column => column.Name != word)) is { } unknown)
        {
            throw new TableFormatException(number, $"unknown column '{unknown}'", "declare it before: column NAME: WORD WORD");
        }

        if (columns.Find(column => !asked.Contains(column.Name)) is { } missing || asked.Distinct().Count() < asked.Count)
        {
            throw new TableFormatException(number, "each declared column stands once in the head", "name " + string.Join(", ", columns.Select(static column => column.Name)));
        }

        return words.Skip(2 + asked.Count).SequenceEqual(["config", "since", "notes"]) ? words
            : throw new TableFormatException(number, words.Skip(2 + asked.Count).FirstOrDefault(static word => word is not ("config" or "since" or "notes")) is { } odd ? $"unknown column '{odd}'" : "the head does not end in 'config since notes'", "the columns come first, then 'config since notes'");
    }

    private TableRow ReadRow(string[] words, int number)
    {
        if (head is null)
        {
            throw new TableFormatException(number, $"'{words[0]}' is no part of a table", "begin the rows with a line 'behavior value ... config since notes'");
        }

        if (words.Length < head.Length - 1)
        {
            throw new TableFormatException(number, $"{words[0]} has {words.Length} fields, and the head has {head.Length}", "write - for what is not so");
        }

        if (!IsIdentifier(words[0]))
        {
            throw new TableFormatException(number, $"'{words[0]}' is no name", "a row begins with the name of an advice");
        }

        if (!int.TryParse(words[1], out var value) || value < 0)
        {
            throw new TableFormatException(number, words[1][0] == '-' ? $"{words[0]} has the negative value {words[1]}" : $"'{words[1]}' is no value", "a value is a number from 0 to 2147483647");
        }

        if (rows.Find(row => row.Value == value || row.Name == words[0]) is { } twin)
        {
            throw new TableFormatException(number, twin.Name == words[0] ? $"{twin.Name} is there twice" : $"{words[0]} has the value {value} of {twin.Name}", "name each advice and each value once");
        }

        var count = columns.Count;
        var config = words[2 + count] is "-" ? Guard.Always : ReadGuard(words[2 + count], number);
        var cells = columns.ToDictionary(static column => column.Name, column => ReadCell(column, words[2 + Array.IndexOf(head.Skip(2).ToArray(), column.Name)], config, number));
        var since = words[3 + count];
        if (since.Any(static c => !char.IsLetterOrDigit(c) && c is not ('-' or '.' or ',' or ':' or '_')))
        {
            throw new TableFormatException(number, $"'{since}' is no version", "write for example 5.4, or - where it is not known");
        }

        return new TableRow(words[0], value, cells, since == "-" ? "" : since, string.Join(" ", words.Skip(4 + count)) is var notes && notes == "-" ? "" : notes);
    }

    private TableCell ReadCell(TableColumn column, string text, Guard config, int number)
    {
        if (text == "-")
        {
            return TableCell.Default;
        }

        var answers = new List<GuardedAnswer>();
        foreach (var part in text.Split(','))
        {
            var at = part.IndexOf('@');
            var word = at < 0 ? part : part.Substring(0, at);
            if (!column.Words.Contains(word))
            {
                throw new TableFormatException(number, $"'{word}' is no answer of the column {column.Name}", "use " + string.Join(" or ", column.Words));
            }

            var when = at < 0 ? config : part.Substring(at + 1) is AlwaysWord ? Guard.Always : ReadGuard(part.Substring(at + 1), number);
            if (word != column.Default)
            {
                answers.Add(new GuardedAnswer(word, when));
            }
        }

        return new TableCell(answers);
    }

    private Guard ReadGuard(string text, int number)
    {
        var guard = Guard.Parse(text) ?? throw new TableFormatException(number, $"'{text}' is no condition on options", "write CONFIG_A, !CONFIG_A, CONFIG_A&CONFIG_B or CONFIG_A|CONFIG_B");
        return guard.Options.FirstOrDefault(option => !options.Contains(option)) is { } unknown
            ? throw new TableFormatException(number, $"unknown option '{unknown}'", "declare it before: option " + unknown) : guard;
    }

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && !char.IsDigit(text[0]) && text.All(static c => c is '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}

/// <summary>A text is no table.</summary>
/// <param name="line">The line, from 1.</param>
/// <param name="what">What is wrong.</param>
/// <param name="cure">What to do about it.</param>
public sealed class TableFormatException(int line, string what, string cure) : Exception(what)
{
    public int Line { get; } = line;

    public string Cure { get; } = cure;
}
