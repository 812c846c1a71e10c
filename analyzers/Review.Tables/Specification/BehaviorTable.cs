using System;
using System.Collections.Generic;
using System.Linq;

namespace Review.Tables.Specification;

/// <summary>What every advice of madvise(2) is: one row for each, one column for each question that the kernel asks about it.</summary>
/// <param name="Name">The name of the C function that looks an advice up, and of its structure.</param>
/// <param name="Options">The options of the kernel that rows may depend on.</param>
/// <param name="Columns">The questions.</param>
/// <param name="Rows">The advice, in the order of their values.</param>
public sealed record BehaviorTable(string Name, IReadOnlyList<string> Options, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>Nobody wants to see all combinations of more options.</summary>
    public const int MaximumOptions = 10;

    /// <summary>The column of a name; null if there is none.</summary>
    public TableColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The answer to a column's question about a number, in a kernel with these options on and all others off.</summary>
    public string Answer(TableColumn column, int value, ISet<string> on) =>
        Rows.FirstOrDefault(row => row.Value == value) is { } row ? row.CellOf(column).Answer(on, column.Default) : column.Default;
}

/// <summary>A question about an advice.</summary>
/// <param name="Name">Its name, a C identifier.</param>
/// <param name="Words">The answers; the first is what every number gets that no row names.</param>
/// <param name="Function">The C function that answers it; null if none does.</param>
/// <param name="Constants">What that function returns for each of the words; empty if there is no function.</param>
public sealed record TableColumn(string Name, IReadOnlyList<string> Words, string? Function, IReadOnlyList<string> Constants)
{
    public string Default => Words[0];

    /// <summary>True if there are two answers, so that a C bool holds it.</summary>
    public bool IsBool => Words.Count == 2;

    /// <summary>The member of the C structure that holds the answer: true, or nonzero, unless it is the default.</summary>
    public string Field => !IsBool || Words[1] == "yes" ? Name : Name + "_" + Words[1];

    /// <summary>The enumerator of an answer in C, where there are more than two.</summary>
    public string Enumerator(string table, string word) => (table + "_" + Name + "_" + word).ToUpperInvariant();
}

/// <summary>One advice.</summary>
/// <param name="Name">Its name in C.</param>
/// <param name="Value">Its value with most architectures.</param>
/// <param name="Cells">The answers, one for each column of the table.</param>
/// <param name="Since">The first version of the kernel that has it; empty if it is not known.</param>
/// <param name="Notes">What its errors say, and whatever else is worth knowing.</param>
public sealed record TableRow(string Name, int Value, IReadOnlyDictionary<string, TableCell> Cells, string Since, string Notes)
{
    /// <summary>The first kernel, without what the table says of later ones.</summary>
    public string FirstKernel => Since.Split(',')[0];

    public TableCell CellOf(TableColumn column) => Cells[column.Name];
}

/// <summary>What a table says of one advice in one column.</summary>
/// <param name="Answers">The answers that are not the default, and when they hold.</param>
public sealed record TableCell(IReadOnlyList<GuardedAnswer> Answers)
{
    /// <summary>The default in every kernel.</summary>
    public static TableCell Default { get; } = new([]);

    /// <summary>True if the column's default is the answer in every kernel.</summary>
    public bool IsDefault => Answers.Count == 0;

    /// <summary>The answer in a kernel with these options on.</summary>
    public string Answer(ISet<string> on, string @default) => Answers.FirstOrDefault(answer => answer.When.Holds(on))?.Word ?? @default;

    public bool Equals(TableCell? other) => other is not null && Answers.SequenceEqual(other.Answers);

    public override int GetHashCode() => Answers.Count;
}

/// <summary>An answer, and the kernels that give it.</summary>
public sealed record GuardedAnswer(string Word, Guard When);
