using System.CommandLine;
using Review.Model.Matrix;

namespace Review.Cli.Commands;

/// <summary><c>mmreview model verify-matrix FILE</c>: compares the model with recorded facts.</summary>
internal sealed class ModelMatrixCommand : Command
{
    /// <summary>Disagreements that are printed of each kind of memory.</summary>
    private const int MostShown = 3;

    private readonly Argument<string> file = new("FILE") { Description = "Facts, one JSON object a line; the table 'matrix' is read" };

    public ModelMatrixCommand()
        : base("verify-matrix", "Compares the model with the recorded matrix of advice, kinds of memory and ranges.")
    {
        Arguments.Add(file);
        SetAction(parsed => Run(parsed.GetValue(file)!, parsed.InvocationConfiguration.Output));
    }

    private static int Run(string path, TextWriter output)
    {
        var check = new MatrixCheck();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length > 0 && MatrixReader.ReadLine(line) is { } row)
                {
                    check.Check(row);
                }
            }
        }
        catch (FormatException wrong)
        {
            throw new UserError($"{path}:{number}: {wrong.Message}", "see the first line of the file for what a row holds");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path}: {trouble.Message.TrimEnd('.')}", "name a readable file of facts");
        }

        if (check.Rows == 0)
        {
            throw new UserError($"{path}: no row of the table 'matrix'", "name a file of facts");
        }

        foreach (var (kind, list) in check.Disagreements)
        {
            foreach (var line in list.Take(MostShown))
            {
                output.WriteLine(line);
            }

            if (list.Count > MostShown)
            {
                output.WriteLine($"{kind}: {list.Count - MostShown} more");
            }
        }

        output.WriteLine($"ROWS {check.Rows} errno-ok {check.ErrnoOk} vmas-ok {check.VmasOk} pages-ok {check.PagesOk} content-ok {check.ContentOk}");
        return check.AllAgree ? ExitStatus.Clean : ExitStatus.Findings;
    }
}
