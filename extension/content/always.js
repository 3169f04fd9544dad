/** Put into pages of sites that are always checked, behind all other files: ask whether this page may be read. */

tellBackground({ type: "arrived", address: location.href.slice(0, 8000), isOn: false });
