namespace Review.Tests.Editors;

/// <summary>Emacs with tools/editors/emacs, through eglot and through lsp-mode, from the first diagnostic to its cure.</summary>
[Collection(EditedKernel.Collection)]
public sealed class EmacsTests
{
    [EditorFact("emacs", "/usr/lib/emacsen-common/packages/install/elpa-eglot")]
    public void A_bug_is_shown_explained_cured_and_gone() => Drive("emacs.el");

    [EditorFact("emacs", "/usr/lib/emacsen-common/packages/install/elpa-lsp-mode")]
    public void The_same_with_lsp_mode() => Drive("lsp-mode.el");

    private static void Drive(string script)
    {
        using var kernel = new EditedKernel("002-dontneed-prev-not-nulled");
        var said = kernel.Drive(
            "emacs", ["--batch", "--directory", Path.Combine(AppContext.BaseDirectory, "editors", "emacs"), "--load", Path.Combine(AppContext.BaseDirectory, "Editors", script)], "stale-prev");
        Assert.Equal(["diagnostic", "hover", "fix", "gone", "done"], said.Select(static line => line.Split('\t')[0]));
        Assert.Contains("KMM1001", said[1], StringComparison.Ordinal);
        kernel.AssertUntouched();
    }
}
