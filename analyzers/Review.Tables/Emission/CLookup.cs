using System.Text;
using Review.Tables.Specification;

namespace Review.Tables.Emission;

/// <summary>Writes a table in kernel style: a structure with a member for each column, and a function with one switch that gives it for an advice.</summary>
/// <param name="table">The table.</param>
/// <param name="typeOf">The C type of a column with more than two answers, whose function's constants are the values then; null for an enumeration of its own.</param>
public sealed class CLookup(BehaviorTable table, Func<TableColumn, string?> typeOf)
{
    private const string Tab = "\t";

    /// <summary>The structure, and the enumerations that it needs.</summary>
    public string Types()
    {
        var text = new StringBuilder();
        foreach (var column in table.Columns.Where(column => !column.IsBool && typeOf(column) is null))
        {
            _ = text.Append($"enum {EnumOf(column)} {{\n");
            foreach (var word in column.Words)
            {
                _ = text.Append($"\t{column.Enumerator(table.Name, word)},\n");
            }

            _ = text.Append("};\n\n");
        }

        _ = text.Append($"/* What madvise() and process_madvise() have to know about an advice. */\nstruct {table.Name} {{\n");
        foreach (var column in table.Columns)
        {
            _ = text.Append($"\t{(column.IsBool ? "bool" : typeOf(column) ?? $"enum {EnumOf(column)}")} {column.Field};\n");
        }

        return text.Append("};\n").ToString();
    }

    /// <summary>The function: advice with the same answers share an arm, and every other number gets the defaults.</summary>
    public string Switch()
    {
        var text = new StringBuilder($"static struct {table.Name} {table.Name}(int behavior)\n{{\n\tswitch (behavior) {{\n");
        foreach (var arm in Arms())
        {
            if (GuardOf(arm[0]) is { IsAlways: false } guard)
            {
                _ = text.Append(Directive(guard)).Append(Cases(arm)).Append(Return(arm[0], guard)).Append("#endif\n");
            }
            else
            {
                _ = text.Append(Cases(arm)).Append(Return(arm[0], Guard.Always));
            }
        }

        return text.Append("\tdefault:\n").Append(Return(null, Guard.Always)).Append("\t}\n}\n").ToString();
    }

    /// <summary>An array with an element for each advice, and a function that looks into it, safely for every number.</summary>
    public string Array()
    {
        var text = new StringBuilder($"static const struct {table.Name} {table.Name}_table[] = {{\n");
        foreach (var row in table.Rows.Where(IsNamed))
        {
            var guard = GuardOf(row);
            _ = text.Append(guard.IsAlways ? "" : Directive(guard)).Append($"\t[{row.Name}] = {{\n").Append(Members(row, guard, 2)).Append("\t},\n").Append(guard.IsAlways ? "" : "#endif\n");
        }

        return text.Append(
            $$"""
            };

            static struct {{table.Name}} {{table.Name}}(int behavior)
            {
            	if (behavior < 0 || behavior >= ARRAY_SIZE({{table.Name}}_table))
            		return (struct {{table.Name}}) {
            {{Members(null, Guard.Always, 3)}}		};

            	behavior = array_index_nospec(behavior, ARRAY_SIZE({{table.Name}}_table));
            	return {{table.Name}}_table[behavior];
            }

            """).ToString();
    }

    /// <summary>What a function of a column returns, with the lookup at hand; null if it cannot be written without knowing more.</summary>
    public string? Answer(TableColumn column, string advice)
    {
        var member = $"{table.Name}({advice}).{column.Field}";
        return !column.IsBool ? (typeOf(column) is null ? null : member)
            : IsTruth(column.Constants, "0", "1") ? member
            : IsTruth(column.Constants, "1", "0") ? "!" + member
            : $"{member} ? {column.Constants[1]} : {column.Constants[0]}";
    }

    private static bool IsTruth(IReadOnlyList<string> constants, string @default, string other) => constants[0] == @default && constants[1] == other;

    private string EnumOf(TableColumn column) => $"{table.Name}_{column.Name}";

    /// <summary>Rows with the same answers under the same conditions, those without any left out; in the order of the first of each.</summary>
    private List<List<TableRow>> Arms() =>
        [.. table.Rows.Where(IsNamed).GroupBy(row => Return(row, GuardOf(row)) + GuardOf(row)).Select(static arm => arm.ToList())];

    private bool IsNamed(TableRow row) => table.Columns.Any(column => !row.CellOf(column).IsDefault);

    private static string Cases(List<TableRow> arm) => string.Concat(arm.Select(static row => $"\tcase {row.Name}:\n"));

    /// <summary>The condition that all answers of a row share; always if they differ.</summary>
    private Guard GuardOf(TableRow row) =>
        table.Columns.SelectMany(column => row.CellOf(column).Answers).Select(static answer => answer.When).Distinct().ToList() is [var only] ? only : Guard.Always;

    private string Return(TableRow? row, Guard guard)
    {
        var members = Members(row, guard, 3);
        return members.Length == 0 ? $"\t\treturn (struct {table.Name}) {{ }};\n" : $"\t\treturn (struct {table.Name}) {{\n{members}\t\t}};\n";
    }

    private string Members(TableRow? row, Guard guard, int depth)
    {
        var text = new StringBuilder();
        foreach (var column in table.Columns)
        {
            var cell = row?.CellOf(column) ?? TableCell.Default;
            if (!cell.IsDefault || !column.IsBool)
            {
                _ = text.Append(string.Concat(Enumerable.Repeat(Tab, depth))).Append($".{column.Field} = {Value(column, cell, guard)},\n");
            }
        }

        return text.ToString();
    }

    private string Value(TableColumn column, TableCell cell, Guard guard)
    {
        var text = column.IsBool ? "false" : Constant(column, column.Default);
        foreach (var answer in cell.Answers.Reverse())
        {
            var value = column.IsBool ? "true" : Constant(column, answer.Word);
            text = answer.When.IsAlways || answer.When.Equals(guard) ? value : column.IsBool ? Expression(answer.When) : $"{Expression(answer.When)} ? {value} : {text}";
        }

        return text;
    }

    private string Constant(TableColumn column, string word) =>
        typeOf(column) is null ? column.Enumerator(table.Name, word) : column.Constants[Enumerable.Range(0, column.Words.Count).First(i => column.Words[i] == word)];

    private static string Directive(Guard guard) => guard.Terms is [[var literal]]
        ? literal[0] == '!' ? $"#ifndef {literal[1..]}\n" : $"#ifdef {literal}\n"
        : $"#if {Formula(guard, static option => $"defined({option})")}\n";

    private static string Expression(Guard guard) => Formula(guard, static option => $"IS_ENABLED({option})");

    private static string Formula(Guard guard, Func<string, string> isOn)
    {
        var terms = guard.Terms.Select(term => string.Join(" && ", term.Select(literal => literal[0] == '!' ? "!" + isOn(literal[1..]) : isOn(literal)))).ToList();
        return terms.Count == 1 ? terms[0] : string.Join(" || ", terms.Select(static term => $"({term})"));
    }
}
