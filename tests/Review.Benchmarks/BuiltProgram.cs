namespace Review.Benchmarks;

/// <summary>mmreview as a process: the program of machine code that <c>./mmreview</c> builds and MMREVIEW_TEST_PROGRAM names, else the portable one beside the benchmarks.</summary>
internal static class BuiltProgram
{
    private static readonly string? Native = Environment.GetEnvironmentVariable("MMREVIEW_TEST_PROGRAM") is { Length: > 0 } file ? file : null;

    /// <summary>What is started.</summary>
    public static string File => Native ?? Environment.ProcessPath!;

    /// <summary>What stands before the program's own arguments.</summary>
    public static IReadOnlyList<string> Start => Native is null ? [Path.Combine(AppContext.BaseDirectory, "mmreview.dll")] : [];
}
