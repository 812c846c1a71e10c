using Review.Tables.Lookups;
using Review.Tables.Specification;

namespace Review.Tests.Tables;

/// <summary>C and tables of our own.</summary>
internal static class Sample
{
    /// <summary>Numbers unlike those of any kernel.</summary>
    public static readonly Dictionary<string, long> Values = new(StringComparer.Ordinal) { ["MADV_A"] = 0, ["MADV_B"] = 3, ["MADV_C"] = 4, ["MADV_D"] = 90 };

    public const string Table = """
        table info
        option CONFIG_P CONFIG_Q

        column valid: no yes; ok(): 0 1
        column lock: write read none

        behavior  value  valid  lock         config    since  notes
        MADV_A    0      yes    -            -         -      -
        MADV_B    3      yes    read         CONFIG_P  5.1    not today
        MADV_C    4      yes    none@always  CONFIG_Q  -      -
        MADV_D    90     -      read         -         -      -

        """;

    public static LookupSource Source(string code) => new("mm/sample.c", code, Values);

    /// <summary>What a function of a file answers for every number, with some options on.</summary>
    public static Answers? Answers(string code, string function, params string[] on) => Source(code).With(on.ToHashSet(StringComparer.Ordinal)).AnswersOf(function);

    public static BehaviorTable Read(string text) => TableReader.Read(text);
}
