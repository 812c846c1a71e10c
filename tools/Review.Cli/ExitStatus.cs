using Review.Core.Source;

namespace Review.Cli;

/// <summary>The exit statuses of the program, and what is printed with those that mean trouble.</summary>
internal static class ExitStatus
{
    /// <summary>Nothing at or over the wanted severity.</summary>
    public const int Clean = 0;

    /// <summary>There are findings.</summary>
    public const int Findings = 1;

    /// <summary>Bad usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>A defect of the program itself.</summary>
    public const int Defect = 3;

    /// <summary>Interrupted, as shells report SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>
    /// Runs a command. Trouble becomes one line on <paramref name="errors"/> and the matching status; with MMREVIEW_TRACE=1 the
    /// stack trace follows.
    /// </summary>
    public static int Of(Func<int> command, TextWriter errors)
    {
        try
        {
            return command();
        }
        catch (Exception trouble)
        {
            var cause = trouble is AggregateException { InnerExceptions: [var only] } ? only : trouble;
            var trace = Environment.GetEnvironmentVariable("MMREVIEW_TRACE") == "1";
            var (status, line) = cause switch
            {
                UserError user => (BadInput, $"{user.Message}; {user.Cure}"),
                SourceTreeException file => (BadInput, new UserError(file.Message, string.Empty).Message),
                InterruptedException stop => (Interrupted, stop.Message),
                OperationCanceledException => (Interrupted, "interrupted"),
                _ => (Defect, $"defect: {cause.GetType().Name}: {new UserError(cause.Message, string.Empty).Message}"
                    + (trace ? string.Empty : " (run again with MMREVIEW_TRACE=1 for the trace, and please report it)")),
            };
            errors.WriteLine("mmreview: " + line);
            if (trace)
            {
                errors.WriteLine(trouble);
            }

            return status;
        }
    }
}
