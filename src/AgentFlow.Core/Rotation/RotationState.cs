namespace AgentFlow;

/// <summary>Where a rotation stands. The order of the first eleven is the way forward.</summary>
public enum RotationState
{
    /// <summary>A plan was recorded; nothing was looked at since.</summary>
    Planned,

    /// <summary>Everything that can be read was read, and nothing speaks against it.</summary>
    Preflighted,

    /// <summary>The new credential exists and its value is sealed.</summary>
    Minted,

    /// <summary>Every lane of the variable store holds the new value.</summary>
    Staged,

    /// <summary>A deployment that was built with the new value is ready and healthy on its own address.</summary>
    Built,

    /// <summary>Production is served by it.</summary>
    Promoted,

    /// <summary>The application was seen to hold the new value.</summary>
    Proven,

    /// <summary>Both credentials live; the old one waits for its revocation gate.</summary>
    Draining,

    /// <summary>The old credential is disabled in a way that can be taken back.</summary>
    Quiesced,

    /// <summary>The old credential is gone and was seen to be dead.</summary>
    Revoked,

    /// <summary>Done.</summary>
    Closed,

    /// <summary>An operator is needed; the hold says why and what for.</summary>
    Held,

    /// <summary>On the way back to the old credential.</summary>
    Undoing,

    /// <summary>The old credential is in use again and the new one is gone.</summary>
    Undone,

    /// <summary>Given up; what is left behind is listed.</summary>
    Abandoned,
}
