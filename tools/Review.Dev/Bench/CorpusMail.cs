using System.Collections.Immutable;
using System.Globalization;
using Review.Cli;
using Review.Dev.Corpus;

namespace Review.Dev.Bench;

/// <summary>Patch series made of the corpus's neutral edits, which is what most patches are like: as <c>git format-patch</c> writes them, a patch for each.</summary>
/// <param name="kernel">The tree that the series are for.</param>
/// <param name="corpus">The mutations.</param>
/// <param name="scratch">A folder for repositories and mails.</param>
internal sealed class CorpusMail(string kernel, ImmutableArray<Mutation> corpus, string scratch)
{
    private int count;

    /// <summary>Writes a series, and one patch that does all of it.</summary>
    /// <param name="files">The files that its patches edit in turns.</param>
    /// <param name="patches">How many patches it has.</param>
    /// <returns>The mbox of each.</returns>
    /// <exception cref="UserError">The corpus has not so many edits that can follow each other.</exception>
    public (string Series, string Squashed) Write(ImmutableArray<string> files, int patches)
    {
        var repository = Start(files);
        var queues = files.Select(file => new Queue<Mutation>(corpus.Where(mutation => mutation.Rule is null && mutation.Files is [var only] && only == file))).ToList();
        var made = 0;
        for (var turn = 0; made < patches && queues.Exists(static queue => queue.Count > 0); turn++)
        {
            var queue = queues[turn % queues.Count];
            while (queue.TryDequeue(out var mutation))
            {
                if (Edit(repository, mutation))
                {
                    made++;
                    Git(repository, "commit", "--quiet", "--all", "--message", string.Create(CultureInfo.InvariantCulture, $"mm: part {made} of a series"));
                    break;
                }
            }
        }

        if (made < patches)
        {
            throw new UserError($"{string.Join(", ", files)}: the corpus has only {made} edits that can follow each other", $"make the series shorter than {patches}");
        }

        var series = Mail(repository, made);
        Git(repository, "reset", "--quiet", "--soft", string.Create(CultureInfo.InvariantCulture, $"HEAD~{made}"));
        Git(repository, "commit", "--quiet", "--message", "mm: all of a series");
        return (series, Mail(repository, 1));
    }

    /// <summary>Writes a patch on a file that is nowhere near memory management.</summary>
    /// <returns>The mbox.</returns>
    public string WriteForeign()
    {
        const string File = "sound/other.c";
        var repository = Start([]);
        _ = Directory.CreateDirectory(Path.Combine(repository, Path.GetDirectoryName(File)!));
        System.IO.File.WriteAllText(Path.Combine(repository, File), "int loudness;\n");
        Git(repository, "add", "--all");
        Git(repository, "commit", "--quiet", "--message", "sound: be loud");
        return Mail(repository, 1);
    }

    /// <summary>Writes a patch that adds a comment at the end of files.</summary>
    /// <returns>The mbox.</returns>
    public string WriteComment(ImmutableArray<string> files)
    {
        var repository = Start(files);
        foreach (var file in files)
        {
            File.AppendAllText(Path.Combine(repository, file), "/* The end. */\n");
        }

        Git(repository, "commit", "--quiet", "--all", "--message", "mm: say where files end");
        return Mail(repository, 1);
    }

    private string Start(ImmutableArray<string> files)
    {
        var repository = Directory.CreateDirectory(Path.Combine(scratch, string.Create(CultureInfo.InvariantCulture, $"series-{++count}"))).FullName;
        foreach (var file in files)
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(repository, file))!);
            File.Copy(Path.Combine(kernel, file), Path.Combine(repository, file));
        }

        Git(repository, "init", "--quiet");
        Git(repository, "add", "--all");
        Git(repository, "commit", "--quiet", "--allow-empty", "--message", "the kernel before the series");
        return repository;
    }

    private static string Mail(string repository, int patches)
    {
        var mail = string.Create(CultureInfo.InvariantCulture, $"{repository}-{patches}.mbox");
        File.WriteAllText(mail, Git(repository, "format-patch", "--stdout", string.Create(CultureInfo.InvariantCulture, $"HEAD~{patches}")));
        return mail;
    }

    /// <summary>Applies a mutation; false, and nothing is changed, where an earlier one is in its way.</summary>
    private static bool Edit(string repository, Mutation mutation)
    {
        try
        {
            using var script = ExternalProgram.Start("sh", [mutation.Script, repository], CancellationToken.None);
            script.Finish($"{mutation.Name} does not apply", "take another");
            return Git(repository, "status", "--porcelain").Length > 0;
        }
        catch (UserError)
        {
            Git(repository, "checkout", "--quiet", "--", ".");
            return false;
        }
    }

    private static string Git(string repository, params string[] arguments)
    {
        using var git = ExternalProgram.Start("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", .. arguments], CancellationToken.None, repository);
        using var reader = new StreamReader(git.Output);
        var output = reader.ReadToEnd();
        git.Finish($"git {arguments[0]} fails", "look at the repository");
        return output;
    }
}
