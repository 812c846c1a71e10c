using Review.Cli.Mail;
using Review.Core.Source;
using Review.Patches.Diffs;
using Review.Patches.Series;

namespace Review.Cli.Witness;

/// <summary>Puts patches on a tree in memory.</summary>
internal static class PatchedSource
{
    /// <summary>The tree with the patches of files applied, one file after the other; mailboxes give their newest series, anything else the diffs in it.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="files">Mails, mailboxes, archive pages or plain diffs.</param>
    /// <param name="upTo">Of a series, the patches up to this number; null for all.</param>
    /// <exception cref="UserError">A patch cannot be read, or does not apply.</exception>
    public static PatchedTree Apply(ISourceTree tree, IEnumerable<string> files, int? upTo)
    {
        var patched = PatchedTree.Of(tree);
        foreach (var file in files)
        {
            try
            {
                patched = patched.Apply(Read(file, upTo));
            }
            catch (PatchException trouble)
            {
                throw new UserError($"{file} does not apply: {trouble.Message}", "name the revision that it was made for with --rev");
            }
        }

        return patched;
    }

    private static List<FilePatch> Read(string file, int? upTo)
    {
        var bytes = ReadBytes(file);
        var series = SeriesAssembler.Assemble(MailSource.Read(file)) is [.., var newest] ? newest : null;
        var patches = series is null ? [] : series.Patches.Where(patch => upTo is null || patch.Number <= upTo).SelectMany(static patch => patch.Files).ToList();
        if (patches.Count == 0)
        {
            patches = [.. DiffReader.Read(bytes)];
        }

        return patches.Count > 0 ? patches : throw new UserError($"no patch in {file}", "name a mail, a mailbox or a diff");
    }

    private static byte[] ReadBytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{file} cannot be read: {trouble.Message.TrimEnd('.')}", "name a file that exists");
        }
    }
}
