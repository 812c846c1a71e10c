namespace Review.Patches.Mail;

/// <summary>What a mail may cost. Lists refuse far less than this; what is over it is an attack or no mail.</summary>
public static class MailLimits
{
    /// <summary>Bytes of one mail.</summary>
    public const int MailBytes = 10 << 20;

    /// <summary>Bytes of a whole mailbox, page or folder.</summary>
    public const int InputBytes = 256 << 20;

    /// <summary>Mails of one thread.</summary>
    public const int Mails = 5_000;

    /// <summary>Fields of one header.</summary>
    public const int HeaderFields = 1_000;

    /// <summary>Bytes of one header.</summary>
    public const int HeaderBytes = 256 << 10;

    /// <summary>Ids in a References field that are looked at; the last ones name the nearest mails.</summary>
    public const int References = 500;

    /// <summary>Multipart bodies inside each other, the number that git mailinfo allows.</summary>
    public const int Nesting = 4;

    /// <summary>Patches of one series.</summary>
    public const int Patches = 200;
}
