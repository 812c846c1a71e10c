using Review.Tables.Lookups;
using Review.Tables.Specification;

namespace Review.Tables.Proofs;

/// <summary>A table as answers for every number.</summary>
internal static class TableAnswers
{
    /// <summary>What a column answers for every number of 32 bits.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="on">The options that are on.</param>
    /// <param name="textOf">How a word is written on the other side.</param>
    public static Answers AnswersOf(this BehaviorTable table, TableColumn column, HashSet<string> on, Func<string, string> textOf) =>
        Answers.Of(table.Rows.SelectMany(static row => new[] { row.Value, row.Value + 1L }), value => textOf(table.Answer(column, value, on)))!;
}
