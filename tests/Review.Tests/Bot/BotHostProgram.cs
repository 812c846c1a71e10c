namespace Review.Tests.Bot;

/// <summary>The bot with a quick reviewer as a program of its own, out of its own folder: there lie the libraries that it needs, whatever the tests need besides.</summary>
internal static class BotHostProgram
{
    /// <summary>The program, for <c>dotnet</c>.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "..", "..", "Review.BotHost", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Review.BotHost.dll");
}
