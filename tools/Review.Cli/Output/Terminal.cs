namespace Review.Cli.Output;

/// <summary>What the program knows about where its standard output goes.</summary>
internal static class Terminal
{
    private const int PageWidth = 78;

    /// <summary>True if standard output is a terminal that takes colours, and NO_COLOR is not set.</summary>
    public static bool UseColors =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Columns for prose: 78, or fewer on a narrow terminal.</summary>
    public static int Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? PageWidth : Math.Min(PageWidth, Console.WindowWidth - 1);
}
