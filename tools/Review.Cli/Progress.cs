namespace Review.Cli;

/// <summary>Words about long work, for people: on standard error if that is a terminal, never in pipes.</summary>
internal static class Progress
{
    /// <summary>Prints one line.</summary>
    public static void ToTerminal(string line)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine("mmreview: " + line);
        }
    }
}
