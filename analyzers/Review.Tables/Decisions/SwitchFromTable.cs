using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>Makes a function with a switch of an <see cref="AdviceTable"/>, and calls of it of the places that look into the table.</summary>
public sealed partial class SwitchFromTable
{
    private readonly TranslationUnit unit;
    private readonly AdviceTable table;
    private readonly PreprocessorGuards guards;
    private readonly List<TextEdit> edits = [];

    private SwitchFromTable(TranslationUnit unit, AdviceTable table, PreprocessorGuards guards)
    {
        this.unit = unit;
        this.table = table;
        this.guards = guards;
    }

    private string Name => table.Array.Name;

    private string Element => table.Element.Spelling.Replace("const ", "", StringComparison.Ordinal);

    /// <summary>The cure; null where the table is used in a way that a function cannot serve: its address is taken, it is written, others see it.</summary>
    public static Fix? Of(TranslationUnit unit, AdviceTable table, PreprocessorGuards guards)
    {
        var maker = new SwitchFromTable(unit, table, guards);
        return maker.IsPrivateConstant() && maker.ReplaceTable() && maker.ReplaceUses()
            ? new Fix($"turn {table.Array.Name}[] into a function with a switch", [.. maker.edits.OrderBy(static edit => edit.Span.Start)]) : null;
    }

    private bool IsPrivateConstant()
    {
        var words = unit.Text.Slice(new TextSpan(table.Span.Start, table.Initializer.Span.Start)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return table.Array.Kind == VariableKind.Global && words.Contains("static") && words.Contains("const") && table.Entries.DistinctBy(static entry => entry.Name).Count() == table.Entries.Length;
    }

    private bool ReplaceTable()
    {
        var end = table.Span.End;
        while (end < unit.Text.Length && unit.Text.Bytes[end] is (byte)' ' or (byte)'\t' or (byte)'\n')
        {
            end++;
        }

        if (end >= unit.Text.Length || unit.Text.Bytes[end] != (byte)';')
        {
            return false;
        }

        edits.Add(new TextEdit(new TextSpan(table.Span.Start, end + 1), FunctionText()));
        return true;
    }

    /// <summary>The function in kernel style: one arm for every content, cases in the order of the table, options as the table has them.</summary>
    private string FunctionText()
    {
        var text = new StringBuilder($"static {Element} {Name}(int behavior)\n{{\n\tswitch (behavior) {{\n");
        foreach (var arm in table.Entries.GroupBy(entry => Normalize(entry.Value)))
        {
            var isGuarded = arm.All(entry => !GuardsOf(entry).IsEmpty);
            foreach (var part in isGuarded ? arm.GroupBy(entry => string.Join('\n', GuardsOf(entry))) : arm.GroupBy(static _ => ""))
            {
                AppendArm(text, [.. part], isGuarded);
            }
        }

        _ = text.Append("\tdefault:\n\t\treturn ").Append(table.Element.Canonical is RecordType ? $"({Element}){{}}" : "0").Append(";\n\t}\n}");
        return text.ToString();
    }

    private void AppendArm(StringBuilder text, ImmutableArray<AdviceEntry> entries, bool isGuarded)
    {
        ImmutableArray<string> open = [];
        foreach (var entry in entries)
        {
            Switch(GuardsOf(entry));
            _ = text.Append("\tcase ").Append(entry.Name).Append(":\n");
        }

        Switch(isGuarded ? open : []);
        var value = unit.Text.Slice(entries[0].Value).Trim();
        _ = text.Append("\t\treturn ");
        if (table.Initializer.Elements[0].Value is InitializerList)
        {
            // The members keep the lines that they have in the table, one step further in.
            _ = text.Append('(').Append(Element).Append(')').Append(string.Join("\n\t", value.Split('\n')));
        }
        else
        {
            _ = text.Append(value);
        }

        _ = text.Append(";\n");
        Switch([]);

        void Switch(ImmutableArray<string> wanted)
        {
            if (!open.SequenceEqual(wanted))
            {
                _ = text.Insert(text.Length, string.Concat(Enumerable.Repeat("#endif\n", open.Length))).Append(string.Concat(wanted.Select(Directive)));
                open = wanted;
            }
        }
    }

    private static string Directive(string condition) =>
        condition.StartsWith('!') && Word().IsMatch(condition[1..]) ? $"#ifndef {condition[1..]}\n" : Word().IsMatch(condition) ? $"#ifdef {condition}\n" : $"#if {condition}\n";

    private ImmutableArray<string> GuardsOf(AdviceEntry entry) => guards.Within(table.Span, entry.Span.Start);

    private string Normalize(TextSpan span) => string.Join(' ', unit.Text.Slice(span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private bool ReplaceUses()
    {
        var text = Encoding.Latin1.GetString(unit.Text.Bytes);
        foreach (var use in Regex.Matches(text, $@"(?<![\w.>])(?<!struct ){Regex.Escape(Name)}\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(static match => match.Index))
        {
            if (table.Span.Contains(use) || unit.Comments.Any(comment => comment.Span.Contains(use)) || edits.Exists(edit => edit.Span.Contains(use)))
            {
                continue;
            }

            if (!(ReplaceIndex(text, use) || RemoveClamp(text, use) || RemoveCheck(use) || ReplaceSize(text, use)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>table[x]</c> becomes <c>table(x)</c>, unless its address is taken.</summary>
    private bool ReplaceIndex(string text, int use)
    {
        var open = use + Name.Length;
        if (open >= text.Length || text[open] != '[' || text[..use].TrimEnd().EndsWith('&'))
        {
            return false;
        }

        var depth = 0;
        var close = open;
        do
        {
            depth += text[close] == '[' ? 1 : text[close] == ']' ? -1 : 0;
            close++;
        }
        while (depth > 0 && close < text.Length);

        edits.Add(new TextEdit(new TextSpan(open, open + 1), "("));
        edits.Add(new TextEdit(new TextSpan(close - 1, close), ")"));
        return true;
    }

    /// <summary><c>x = array_index_nospec(x, ARRAY_SIZE(table));</c> has nothing to do any more.</summary>
    private bool RemoveClamp(string text, int use)
    {
        var start = text.LastIndexOf('\n', use) + 1;
        var end = text.IndexOf('\n', use) + 1;
        if (end == 0 || !Clamp().IsMatch(text[start..end]) || !text[start..end].Contains(Name, StringComparison.Ordinal))
        {
            return false;
        }

        edits.Add(new TextEdit(new TextSpan(start, end), ""));
        return true;
    }

    /// <summary><c>if (x &gt;= ARRAY_SIZE(table)) return 0;</c> says what the default says.</summary>
    private bool RemoveCheck(int use)
    {
        var check = unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<IfStatement>())
            .FirstOrDefault(found => found.Condition.Span.Contains(use) && found.Else is null && found.Condition is BinaryExpression { Operator: BinaryOperator.GreaterOrEqual });
        if (check?.Parent is not BlockStatement || check.Then is not ReturnStatement { Value: { } answer } || (answer.Constant ?? answer.Unwrapped.Constant) != 0)
        {
            return false;
        }

        var start = unit.Text.OffsetOfLine(unit.Text.PositionOf(check.Span.Start).Line);
        var line = unit.Text.PositionOf(check.Span.End).Line + 1;
        if (line < unit.Text.LineCount && string.IsNullOrWhiteSpace(unit.Text.Line(line)))
        {
            line++;
        }

        edits.Add(new TextEdit(new TextSpan(start, unit.Text.OffsetOfLine(line)), ""));
        return true;
    }

    /// <summary>What else wants the table's size gets it as the table was declared.</summary>
    private bool ReplaceSize(string text, int use)
    {
        var size = Size().Match(unit.Text.Slice(new TextSpan(table.Span.Start, table.Initializer.Span.Start)));
        var start = text.LastIndexOf("ARRAY_SIZE(", use, StringComparison.Ordinal);
        if (!size.Success || start < 0 || text[(start + "ARRAY_SIZE(".Length)..use].Trim().Length > 0 || text[use + Name.Length] != ')')
        {
            return false;
        }

        edits.Add(new TextEdit(new TextSpan(start, use + Name.Length + 1), $"({size.Groups["size"].Value})"));
        return true;
    }

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*(?<place>\*?\w+) = array_index_nospec\(\k<place>, ARRAY_SIZE\(\w+\)\);\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Clamp();

    [GeneratedRegex(@"\[\s*(?<size>[^\]]+?)\s*\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}
