namespace Review.Tests.Editors;

/// <summary>Emacs and eglot with tools/editors/emacs, from the first diagnostic to its cure.</summary>
[Collection(EditedKernel.Collection)]
public sealed class EmacsTests
{
    [EditorFact("emacs")]
    public void A_bug_is_shown_explained_cured_and_gone()
    {
        using var kernel = new EditedKernel("002-dontneed-prev-not-nulled");
        var said = kernel.Drive(
            "emacs", ["--batch", "--directory", Path.Combine(AppContext.BaseDirectory, "editors", "emacs"), "--load", Path.Combine(AppContext.BaseDirectory, "Editors", "emacs.el")], "stale-prev");
        Assert.Equal(["diagnostic", "hover", "fix", "gone", "done"], said.Select(static line => line.Split('\t')[0]));
        Assert.Contains("KMM1001", said[1], StringComparison.Ordinal);
        kernel.AssertUntouched();
    }
}
