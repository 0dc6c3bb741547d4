; The Windows installer, for Inno Setup 6.3 or newer. Saved as UTF-8 with BOM: Inno asks for it.
; packaging/build.py calls it with /DVersion=... after the frozen program has proved itself.
#ifndef Version
  #error Give the version: ISCC /DVersion=0.1.0 installer.iss
#endif

[Setup]
; Never change the id: by it Windows knows that a newer version takes the place of this one.
AppId={{6C0E9C57-5E0B-4B43-9A55-3B1E0B5F8C21}
AppName=桑榆
AppVersion={#Version}
AppVerName=桑榆 {#Version}
AppPublisher=桑榆
; Without an administrator's password it goes into the user's own folder.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
DefaultDirName={autopf}\Sangyu
DefaultGroupName=桑榆
DisableProgramGroupPage=yes
; Qt 6 needs Windows 10 1809, 64 bit.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\dist
OutputBaseFilename=sangyu-{#Version}-setup
SetupIconFile=..\build\sangyu.ico
UninstallDisplayIcon={app}\sangyu.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Languages]
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"

[Tasks]
Name: "desktopicon"; Description: "在桌面上放一个图标"

[InstallDelete]
; What an older version brought and this one does not would otherwise stay beside it.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\dist\sangyu\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\桑榆"; Filename: "{app}\sangyu.exe"
Name: "{autodesktop}\桑榆"; Filename: "{app}\sangyu.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\sangyu.exe"; Description: "打开桑榆"; Flags: nowait postinstall skipifsilent

; The data lies in the user's own folder and is never removed.
